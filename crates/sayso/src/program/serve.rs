//! `sayso serve`: a case in the browser.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::Context as _;
use sayso::web::serve::{Options, Server};

use super::case::open;
use super::cli::ServeArgs;
use super::model::reader_of;

/// Serves until it is interrupted.
pub fn run(args: &ServeArgs) -> anyhow::Result<ExitCode> {
    // a mistake in a lexicon is told before anybody opens a page
    let reader = reader_of(&args.model)?;
    let options = Options {
        listen: SocketAddr::new(args.listen, args.port),
        names: args.names.clone(),
        token: std::env::var("SAYSO_TOKEN").ok(),
        open: open(&args.key)?,
        reader,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the server cannot begin")?;
    runtime.block_on(async {
        let server = Server::start(&args.case, options).await?;
        writeln!(io::stdout(), "{}", server.link())?;
        server.run(interrupted()).await?;
        Ok(ExitCode::SUCCESS)
    })
}

async fn interrupted() {
    // where signals cannot be heard, it goes on until it is killed
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
