//! An advice as people read it, wherever they do: amounts, names and sentences, and a page with charts.
//!
//! The terminal and the desk's pages word an advice alike because both ask here.

pub mod baseline;
pub mod days;
pub mod evidence;
pub mod facts;
pub mod history;
pub mod leave;
pub mod money;
pub mod names;
pub mod next;
pub mod page;
pub mod phrases;
