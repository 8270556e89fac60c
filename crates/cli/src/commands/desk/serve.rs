//! `upstairs serve`: the desk over HTTP.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use calendar_source::Fetcher;
use server::Setup;
use tokio::net::TcpListener;

use super::{Place, blocking, now};
use crate::error::{Error, Failure};

/// Where to answer, and on what.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// Address and port to answer on.
    #[arg(long, default_value = "127.0.0.1:8750")]
    listen: SocketAddr,
    /// A host whose calendars may be read though it lies in your own network, as HOST or HOST:PORT; without it only HTTPS
    /// to public hosts is asked. As often as needed.
    #[arg(long = "calendar-host", value_name = "HOST")]
    calendar_hosts: Vec<String>,
}

/// Serves until told to stop.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    blocking(async {
        let desk = args.place.desk().await?;
        let anybody = desk.accounts.any().await?;
        let listener = TcpListener::bind(args.listen).await.map_err(|cause| Failure::Listen(args.listen, cause))?;
        let address = listener.local_addr().map_err(|cause| Failure::Listen(args.listen, cause))?;
        anstream::eprintln!("Upstairs answers on http://{address}; stop it with Ctrl-C.");
        let welcome = if anybody { None } else { Some(app::one_time_token()?) };
        if let Some(token) = &welcome {
            anstream::eprintln!(
                "Nobody has an account yet. Make the first one at http://{address}/welcome?token={token}"
            );
        }
        let fetcher = Fetcher::new(args.calendar_hosts.clone());
        server::serve(Setup { desk, clock: Arc::new(now), welcome, fetcher }, listener, stopped())
            .await
            .map_err(|cause| Failure::Listen(address, cause))?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Done once somebody asks the program to stop.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminated) = terminated else { return drop(interrupted.await) };
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    drop(interrupted.await);
}
