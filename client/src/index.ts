export * from "./client.js";
export { ApiClientBase, etagOf, expectingUser, type ClientOptions, type HttpSender } from "./base.js";
export { ApiError } from "./error.js";
