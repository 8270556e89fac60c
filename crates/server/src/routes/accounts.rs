//! Accounts and tokens. Admins manage all of them; everybody their own keys.

use aide::axum::ApiRouter;
use aide::axum::routing::{delete_with, get_with, put_with};
use app::{AccountRole, Key, KeyKind};
use axum::Json;
use axum::extract::State;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::Scope;

use super::shared::Ended;
use crate::body::{Json as Body, Path};
use crate::caller::Caller;
use crate::context::Context;
use crate::problem::Problem;

pub(crate) fn routes() -> ApiRouter<Context> {
    ApiRouter::new()
        .api_route(
            "/accounts",
            get_with(list, |op| op.id("list_accounts").summary("All accounts (admins)"))
                .post_with(create, |op| op.id("create_account").summary("Make an account (admins)")),
        )
        .api_route(
            "/accounts/{name}",
            delete_with(close, |op| op.id("close_account").summary("Close an account (admins)")),
        )
        .api_route(
            "/accounts/{name}/password",
            put_with(set_password, |op| {
                op.id("set_password").summary("Set one's own password, or anybody's (admins); ends the sessions")
            }),
        )
        .api_route(
            "/keys",
            get_with(keys, |op| op.id("list_keys").summary("One's own sessions and tokens")).post_with(issue, |op| {
                op.id("create_token").summary("Make a token, for oneself or, as an admin, for anybody")
            }),
        )
        .api_route("/keys/{id}", delete_with(end, |op| op.id("end_key").summary("End one of one's own keys")))
}

/// What an account may do besides taking part in negotiations.
#[derive(Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Role {
    Member,
    Admin,
}

impl From<AccountRole> for Role {
    fn from(role: AccountRole) -> Self {
        match role {
            AccountRole::Member => Self::Member,
            AccountRole::Admin => Self::Admin,
        }
    }
}

/// An account.
#[derive(Serialize, JsonSchema)]
struct Account {
    name: String,
    role: Role,
    created_at: Timestamp,
    closed_at: Option<Timestamp>,
}

async fn list(State(context): State<Context>, Caller(who): Caller) -> Result<Json<Vec<Account>>, Problem> {
    let accounts = context.desk().people(&who).await?.into_iter().map(|account| Account {
        name: account.name,
        role: account.role.into(),
        created_at: account.created_at,
        closed_at: account.closed_at,
    });
    Ok(Json(accounts.collect()))
}

/// An account to be made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewAccount {
    /// 1 to 64 lower-case letters, digits, dots, dashes and underscores.
    #[schemars(regex(pattern = r"^[a-z0-9._-]{1,64}$"))]
    name: String,
    role: Role,
    /// At least 12 characters.
    #[schemars(length(min = 12))]
    password: String,
}

async fn create(
    State(context): State<Context>,
    Caller(who): Caller,
    Body(new): Body<NewAccount>,
) -> Result<Json<Account>, Problem> {
    let now = context.now();
    let role = match new.role {
        Role::Member => AccountRole::Member,
        Role::Admin => AccountRole::Admin,
    };
    context.desk().make_account(&who, &new.name, role, &new.password, now).await?;
    Ok(Json(Account { name: new.name, role: new.role, created_at: now, closed_at: None }))
}

async fn close(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(name): Path<String>,
) -> Result<Json<Ended>, Problem> {
    context.desk().close_account(&who, &name, context.now()).await?;
    Ok(Json(Ended { ended: true }))
}

/// A new password.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    /// At least 12 characters, and none that would be tried first.
    #[schemars(length(min = 12))]
    password: String,
    /// The present one, for whoever sets their own.
    present: Option<String>,
}

async fn set_password(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(name): Path<String>,
    Body(new): Body<NewPassword>,
) -> Result<Json<Ended>, Problem> {
    context.set_password(&who, &name, new.present.as_deref(), &new.password).await?;
    Ok(Json(Ended { ended: true }))
}

/// A key to one's account.
#[derive(Serialize, JsonSchema)]
struct KeyShown {
    id: String,
    kind: KeyPurpose,
    label: String,
    scopes: Vec<Scope>,
    created_at: Timestamp,
    expires_at: Option<Timestamp>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum KeyPurpose {
    Session,
    Token,
    Feed,
}

impl From<Key> for KeyShown {
    fn from(key: Key) -> Self {
        Self {
            id: key.id,
            kind: match key.kind {
                KeyKind::Session => KeyPurpose::Session,
                KeyKind::Token => KeyPurpose::Token,
                KeyKind::Feed => KeyPurpose::Feed,
            },
            label: key.label,
            scopes: key.scopes,
            created_at: key.created_at,
            expires_at: key.expires_at,
        }
    }
}

async fn keys(State(context): State<Context>, Caller(who): Caller) -> Result<Json<Vec<KeyShown>>, Problem> {
    let keys = context.desk().own_keys(&who, context.now()).await?;
    Ok(Json(keys.into_iter().map(KeyShown::from).collect()))
}

/// A token to be made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewToken {
    /// For whom; oneself where nobody is named.
    #[schemars(regex(pattern = r"^[a-z0-9._-]{1,64}$"))]
    owner: Option<String>,
    /// What it is for, in at most 64 characters.
    #[schemars(regex(pattern = r"^[^\p{C}]{0,64}$"))]
    label: String,
    /// How far it reaches; not further than what it is asked with.
    scopes: Vec<Scope>,
    /// After how many days it ends by itself, 1 to 3650; never where not said.
    #[schemars(range(min = 1, max = 3650))]
    days: Option<u16>,
}

/// A token, with its secret: it is shown this once.
#[derive(Serialize, JsonSchema)]
struct TokenShown {
    id: String,
    token: String,
    expires_at: Option<Timestamp>,
}

async fn issue(
    State(context): State<Context>,
    Caller(who): Caller,
    Body(new): Body<NewToken>,
) -> Result<Json<TokenShown>, Problem> {
    if new.days.is_some_and(|days| !(1..=3650).contains(&days)) {
        let message = "the days can't be so; give 1 to 3650";
        return Err(Problem::of(crate::problem::Code::Unfit, "impossible", message));
    }
    let lasts = new.days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
    let now = context.now();
    let new = app::NewToken { owner: new.owner, label: new.label, scopes: new.scopes, lasts };
    let issued = context.desk().make_token(&who, new, now).await?;
    Ok(Json(TokenShown { id: issued.id, token: issued.secret, expires_at: issued.expires_at }))
}

async fn end(
    State(context): State<Context>,
    Caller(who): Caller,
    Path(id): Path<String>,
) -> Result<Json<Ended>, Problem> {
    context.desk().end_key(&who, &id, context.now()).await?;
    Ok(Json(Ended { ended: true }))
}
