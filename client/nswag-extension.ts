import { ApiClientBase, senderOf, type ClientOptions } from "./base.js";
