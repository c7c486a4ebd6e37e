import { AdminSessionsClient, AdminUsersClient, AuditLogClient, AuthClient, PasskeysClient, SessionsClient, TwoFactorClient, UsersClient } from "@roundtable/client";

/** The API, by what it is about. */
export const authApi = new AuthClient();
export const usersApi = new UsersClient();
export const sessionsApi = new SessionsClient();
export const twoFactorApi = new TwoFactorClient();
export const passkeysApi = new PasskeysClient();
export const adminUsersApi = new AdminUsersClient();
export const adminSessionsApi = new AdminSessionsClient();
export const auditApi = new AuditLogClient();
