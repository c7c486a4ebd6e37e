import {
  AdminSessionsClient, AdminUsersClient, AuditLogClient, AuthClient, EmailsClient, ImpersonationClient, PasskeysClient, RolesClient, SessionsClient, StatisticsClient,
  SystemClient, TwoFactorClient, UsersClient, WebhooksClient,
} from "@roundtable/client";

/** The API, by what it is about. */
export const authApi = new AuthClient();
export const usersApi = new UsersClient();
export const sessionsApi = new SessionsClient();
export const twoFactorApi = new TwoFactorClient();
export const passkeysApi = new PasskeysClient();
export const impersonationApi = new ImpersonationClient();
export const adminUsersApi = new AdminUsersClient();
export const adminSessionsApi = new AdminSessionsClient();
export const auditApi = new AuditLogClient();
export const rolesApi = new RolesClient();
export const emailsApi = new EmailsClient();
export const webhooksApi = new WebhooksClient();
export const systemApi = new SystemClient();
export const statisticsApi = new StatisticsClient();
