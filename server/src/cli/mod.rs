//! The command line.
//!
//! Commands on a running server go through the control socket in its data folder, on a stopped one to the store
//! directly; the code that does them is the same (`control::perform`).

pub mod analyse;
pub mod backup;
pub mod control;
pub mod demo;
pub mod erase_again;
pub mod import;
pub mod restore;
mod serve;
mod settings;
pub mod verify;

use crate::core::StartError;
use crate::imports;
use analyse::{AnalyseArgs, AnalyseError, analyse};
use backup::{BackupFailed, verify_backup};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use clap::{Args, Parser, Subcommand};
use control::{ControlError, Order};
use import::ImportError;
use restore::{RestoreFailed, restore};
use samverk_shared::ids::WorkshopId;
use samverk_shared::import::ImportPlan;
use serde_json::{Value, json};
use settings::{BadSettings, Settings};
use std::io::stdout;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Self-hosted workshop server.
#[derive(Debug, Parser)]
#[command(name = "samverk", version)]
struct Cli {
    #[command(subcommand)]
    command: CliCommand,
}

#[derive(Debug, Subcommand)]
enum CliCommand {
    /// Runs the server
    Serve(Settings),
    /// Prints a link, good for one use, to become the owner of the server
    OwnerLink(Settings),
    /// Prints a link, good for one use and a day, by which somebody who cannot sign in comes in again
    SignInLink(SignInLinkArgs),
    /// Makes a case of each row of other people's lists
    Import(ImportArgs),
    /// Measures case lists: variety, likeness, groups, models, the field
    Analyse(AnalyseArgs),
    /// Copies everything a server keeps, also while it runs, into one new file
    Backup(BackupArgs),
    /// Makes a data folder, new or empty, out of a backup
    Restore(RestoreArgs),
    /// Erases again, in a server restored from an older backup, the people and texts that were erased since
    EraseAgain(EraseAgainArgs),
    /// Checks every document, or a backup; exits with an error where something is wrong
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
struct SignInLinkArgs {
    /// Their sign-in name, or their id as the admin page shows it
    #[arg(value_name = "PERSON")]
    person: String,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
struct EraseAgainArgs {
    /// A newer backup, or the data folder of the server before, which must not run
    #[arg(value_name = "NEWER")]
    newer: PathBuf,
    /// Prints JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
struct BackupArgs {
    /// The file to make; the server itself writes it
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// Prints JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
struct RestoreArgs {
    /// The backup
    #[arg(value_name = "IN")]
    backup: PathBuf,
    /// Forgets the browsers that were known: everybody has to come in by a link again, or sign in
    #[arg(long)]
    sign_out: bool,
    /// Prints JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// Workbooks (.xlsx) or text with separators (.csv)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Prints what would come of it, and changes nothing
    #[arg(long)]
    dry_run: bool,
    /// Prints JSON
    #[arg(long)]
    json: bool,
    /// Only the sheet of this name
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Into which workshop
    #[arg(long, value_name = "ID", required_unless_present = "dry_run")]
    workshop: Option<WorkshopId>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Args)]
struct VerifyArgs {
    /// Checks this backup, and no data folder
    #[arg(long, value_name = "FILE")]
    backup: Option<PathBuf>,
    /// Prints JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Settings(#[from] BadSettings),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Control(#[from] ControlError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Analyse(#[from] AnalyseError),
    #[error(transparent)]
    Backup(#[from] BackupFailed),
    #[error(transparent)]
    Restore(#[from] RestoreFailed),
    #[error("something is wrong; it is named above")]
    Verify,
    #[error("the machine refused: {0}")]
    Machine(#[from] std::io::Error),
    #[error("the store failed: what was acknowledged is safe, and nothing is stored any more")]
    StoreFailed,
}

/// Does what the command line says.
pub fn main() -> ExitCode {
    crate::telemetry::start_log();
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("samverk: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: CliCommand) -> Result<(), CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(async {
        match command {
            CliCommand::Serve(settings) => serve::serve(settings.config()?).await,
            CliCommand::OwnerLink(settings) => {
                let answer = control::ask(&settings.config()?, Order::OwnerLink).await?;
                println!("{}", answer["link"].as_str().unwrap_or_default());
                Ok(())
            }
            CliCommand::SignInLink(SignInLinkArgs { person, settings }) => {
                let answer = control::ask(&settings.config()?, Order::SignInLink { person }).await?;
                println!("{}", answer["link"].as_str().unwrap_or_default());
                Ok(())
            }
            CliCommand::Import(arguments) => import_lists(arguments).await,
            CliCommand::Analyse(arguments) => Ok(analyse(&arguments, &mut stdout().lock())?),
            CliCommand::Backup(arguments) => make_backup(arguments).await,
            CliCommand::Restore(arguments) => restore_backup(arguments),
            CliCommand::EraseAgain(arguments) => erase_again(arguments).await,
            CliCommand::Verify(VerifyArgs {
                backup: Some(backup),
                json,
                ..
            }) => check_backup(&backup, json),
            CliCommand::Verify(arguments) => verify_store(arguments).await,
        }
    });
    // A store that failed may hold a thread for ever.
    runtime.shutdown_background();
    done
}

async fn import_lists(arguments: ImportArgs) -> Result<(), CliError> {
    let ImportArgs {
        files,
        dry_run,
        json,
        sheet,
        workshop,
        settings,
    } = arguments;
    let Some(workshop) = workshop else {
        let plan = import::read_files(&files, sheet.as_deref())?;
        return Ok(import::print(plan, json, &mut stdout())?);
    };
    let (sent, unread) = import::open_files(&files);
    if !dry_run && !unread.is_empty() {
        return Err(ImportError::Refused(unread).into());
    }
    let pack = |file: imports::File| (file.name, BASE64.encode(file.bytes));
    let (config, files) = (settings.config()?, sent.into_iter().map(pack).collect::<Vec<_>>());
    let ask = async |dry_run| {
        let order = Order::Import {
            workshop: workshop.clone(),
            files: files.clone(),
            sheet: sheet.clone(),
            dry_run,
        };
        let answer = control::ask(&config, order).await?;
        let plan: ImportPlan = serde_json::from_value(answer)?;
        Ok::<_, ControlError>(plan)
    };
    let plan = import::with_unread(ask(true).await?, unread, sheet.as_deref())?;
    if dry_run {
        return Ok(import::print(plan, json, &mut stdout())?);
    }
    if !plan.refused.is_empty() {
        return Err(ImportError::Refused(plan.refused).into());
    }
    let plan = ask(false).await?;
    if json {
        return Ok(import::print(plan, json, &mut stdout())?);
    }
    println!(
        "{} cases; {} rows skipped; {} cases that were there got something",
        plan.cases, plan.skipped, plan.updated
    );
    Ok(())
}

async fn make_backup(arguments: BackupArgs) -> Result<(), CliError> {
    let out = std::path::absolute(arguments.out)?;
    let made = control::ask(&arguments.settings.config()?, Order::Backup { out }).await?;
    print_report(&made, arguments.json);
    Ok(())
}

async fn erase_again(arguments: EraseAgainArgs) -> Result<(), CliError> {
    let newer = std::path::absolute(arguments.newer)?;
    let done = control::ask(&arguments.settings.config()?, Order::EraseAgain { newer }).await?;
    print_report(&done, arguments.json);
    Ok(())
}

fn restore_backup(arguments: RestoreArgs) -> Result<(), CliError> {
    let data = arguments.settings.config()?.data;
    let report = restore(&arguments.backup, &data, arguments.sign_out, &control::print)?;
    print_report(
        &json!({ "text": report.to_string(), "report": report }),
        arguments.json,
    );
    Ok(())
}

fn check_backup(backup: &Path, json: bool) -> Result<(), CliError> {
    let summary = verify_backup(backup)?;
    print_report(&json!({ "text": summary.to_string(), "report": summary }), json);
    match summary.problems.is_empty() {
        true => Ok(()),
        false => Err(CliError::Verify),
    }
}

fn print_report(answer: &Value, json: bool) {
    if json {
        println!("{}", answer["report"]);
    } else {
        print!("{}", answer["text"].as_str().unwrap_or_default());
    }
}

async fn verify_store(arguments: VerifyArgs) -> Result<(), CliError> {
    let report = control::ask(&arguments.settings.config()?, Order::Verify).await?;
    print_report(&report, arguments.json);
    if report["report"]["ok"] == true {
        Ok(())
    } else {
        Err(CliError::Verify)
    }
}
