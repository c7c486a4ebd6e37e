export * from "./client.js";
export { ApiClientBase, etagOf, type ClientOptions, type HttpSender } from "./base.js";
export { ApiError } from "./error.js";
