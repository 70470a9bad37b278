//! `sayso eval`: figures on labelled texts.

use std::convert::Infallible;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use sayso::eval::{Prediction, ReadFailure, Request, Unread, evaluate};
use sayso::{Document, Failure, Options, Reader, Reading, load, read_all};

use super::cli::EvalArgs;
use super::model::reader_of;
use super::read::threads;
use super::terminal;

/// Prints the figures; any failure ends the work, for figures over part of the texts mislead.
pub fn run(args: &EvalArgs) -> anyhow::Result<ExitCode> {
    let request = Request {
        gold: args.gold.clone(),
        inputs: args.inputs.clone(),
        nested: args.nested,
    };
    let evaluation = evaluate(&request, |unread| predict(args, unread))?;
    for note in evaluation.notes() {
        terminal::say(&format!("note: {note}"));
    }
    let mut out = io::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &evaluation).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{evaluation}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads the texts that have no reading yet.
fn predict(args: &EvalArgs, unread: Unread) -> Result<Vec<Prediction>, ReadFailure> {
    let reader = reader_of(&args.model)?;
    match unread {
        Unread::Gold(documents) => all(
            args,
            &reader,
            documents.into_iter().map(Ok::<_, Infallible>),
        ),
        Unread::Inputs(inputs) => {
            let names = inputs
                .into_iter()
                .map(|input: PathBuf| input.display().to_string());
            let loaded = load(names, &Options::default());
            all(
                args,
                &reader,
                loaded.map(|loaded| loaded.map(|loaded| loaded.document)),
            )
        }
    }
}

fn all<E: std::error::Error + Send + Sync + 'static>(
    args: &EvalArgs,
    reader: &Reader,
    documents: impl Iterator<Item = Result<Document, E>> + Send,
) -> Result<Vec<Prediction>, ReadFailure> {
    let mut predictions = Vec::new();
    let mut ended = Ok(());
    read_all(
        reader,
        threads(args.threads),
        documents,
        |result| match result
            .map_err(unread)
            .and_then(|reading| prediction(&reading))
        {
            Ok(prediction) => {
                predictions.push(prediction);
                ControlFlow::Continue(())
            }
            Err(failure) => {
                ended = Err(failure);
                ControlFlow::Break(())
            }
        },
    );
    ended.map(|()| predictions)
}

fn prediction(reading: &Reading) -> Result<Prediction, ReadFailure> {
    Ok(Prediction::from(&reading.to_scalars()?))
}

fn unread<E: std::error::Error + Send + Sync + 'static>(failure: Failure<E>) -> ReadFailure {
    match failure {
        Failure::Load(error) => error.into(),
        Failure::Read(error) => error.into(),
    }
}
