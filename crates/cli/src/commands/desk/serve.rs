//! `upstairs serve`: the desk over HTTP.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use calendar_source::Fetcher;
use server::{Proxy, Setup};

use super::{Place, blocking, now};
use crate::error::{Error, Failure};
use crate::log::{Format, Log};

/// Where to answer, and on what.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the records are.
    #[command(flatten)]
    pub place: Place,
    /// Address and port to answer on.
    #[arg(long, default_value = "127.0.0.1:8750")]
    pub listen: SocketAddr,
    /// A host whose calendars may be read though it lies in your own network, as HOST or HOST:PORT; without it only HTTPS
    /// to public hosts is asked. As often as needed.
    #[arg(long = "calendar-host", value_name = "HOST")]
    pub calendar_hosts: Vec<String>,
    /// A proxy that is believed whom it speaks for (X-Forwarded-For) and whether it was reached over TLS (X-Forwarded-Proto; cookies
    /// are marked secure then), as an address or a network such as 10.0.0.0/8. Nobody else is. As often as needed.
    #[arg(long = "proxy", value_name = "ADDRESS")]
    pub proxies: Vec<Proxy>,
}

/// Serves until told to stop. Where standard error has a log for programs, what is for people goes to standard output.
pub fn run(args: &Args, log: &Log) -> Result<ExitCode, Error> {
    blocking(async {
        let desk = args.place.desk().await?;
        let anybody = desk.accounts.any().await?;
        let listener = server::listen(args.listen).map_err(|cause| Failure::Listen(args.listen, cause))?;
        let address = listener.local_addr().map_err(|cause| Failure::Listen(args.listen, cause))?;
        let say = |words: String| match log.format {
            Format::Text => anstream::eprintln!("{words}"),
            Format::Json => anstream::println!("{words}"),
        };
        say(format!("Upstairs answers on http://{address}; stop it with Ctrl-C."));
        let welcome = if anybody { None } else { Some(app::one_time_token()?) };
        if let Some(token) = &welcome {
            say(format!("Nobody has an account yet. Make the first one at http://{address}/welcome?token={token}"));
        }
        let fetcher = Fetcher::new(args.calendar_hosts.clone());
        tracing::info!(%address, records = %args.place.location()?, version = env!("CARGO_PKG_VERSION"), "the desk answers");
        server::serve(
            Setup { desk, clock: Arc::new(now), welcome, fetcher, proxies: args.proxies.clone() },
            listener,
            stopped(),
        )
        .await
        .map_err(|cause| Failure::Listen(address, cause))?;
        tracing::info!("the desk has stopped");
        Ok(ExitCode::SUCCESS)
    })
}

/// Done once somebody asks the program to stop.
pub(super) async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let mut terminated = match terminated {
            Ok(terminated) => terminated,
            Err(cause) => {
                let cause = cause.to_string();
                tracing::warn!(cause, "a request to terminate is not heard; Ctrl-C is");
                return drop(interrupted.await);
            }
        };
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    drop(interrupted.await);
}
