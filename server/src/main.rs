//! `gantry`: the process.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use server::command;

/// A page is made of some thousand small allocations, freed in another order: the system's allocator
/// takes a third of all the time for that.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match command::run(command::Arguments::parse()).await {
        Ok(code) => code,
        Err(error) => {
            command::complain(&error);
            ExitCode::FAILURE
        }
    }
}
