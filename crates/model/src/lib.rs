//! The words of Gantry.
