//! `gantry`: the process.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use server::command;

/// Rendering a page makes several thousand small allocations and frees them in a different order. The system's
/// allocator would spend a third of the total time on that.
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
