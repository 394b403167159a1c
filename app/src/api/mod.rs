//! The server functions: public endpoints, each of which finds the viewer and asks for them.
