//! Words that differ between the two sides of a sale.

use engine::case::Case;
use terms::Role;

/// The words of a seller or of a buyer.
pub fn sided<'a>(case: &Case, seller: &'a str, buyer: &'a str) -> &'a str {
    match case.role {
        Role::Seller => seller,
        Role::Buyer => buyer,
    }
}
