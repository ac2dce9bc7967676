// The door of a process: the language server as a program of its own.
import { startServer } from "./serve.ts";

startServer();
