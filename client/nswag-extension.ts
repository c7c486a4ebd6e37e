import { ApiClientBase } from "./base.js";
