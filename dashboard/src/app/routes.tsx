import { createBrowserRouter, type RouteObject, useLocation } from "react-router";
import SignInPage from "../features/auth/SignInPage";
import { base } from "../shared/lib/base";
import type { Access } from "../shared/lib/session";
import { Home } from "./Home";
import { component, type Load } from "./late";
import { PageCrash } from "./PageCrash";
import { Splash } from "./Splash";

/** A lazily loaded page. */
const page = (path: string, load: Load): RouteObject => ({
  path,
  lazy: async () => ({ Component: await component(load) }),
});

/** The page of a mailed link; another link in the same tab begins anew. */
const linkPage = (path: string, load: Load): RouteObject =>
  page(path, async () => {
    const { default: Content } = await load();
    return {
      default: function OfLink() {
        return <Content key={useLocation().hash} />;
      },
    };
  });

/** A lazily loaded page that requires a permission. */
const guarded = (path: string, needs: Access, load: Load): RouteObject =>
  page(path, async () => {
    const [{ default: Content }, { Allowed }] = await Promise.all([load(), import("./Allowed")]);
    return {
      default: () => (
        <Allowed to={needs}>
          <Content />
        </Allowed>
      ),
    };
  });

export const router = createBrowserRouter(
  [
    {
      ErrorBoundary: PageCrash,
      HydrateFallback: Splash,
      children: [
        // In the first script: most visits begin here.
        { path: "/sign-in", Component: SignInPage },
        page("/sign-up", () => import("../features/auth/SignUpPage")),
        page("/two-factor", () => import("../features/auth/TwoFactorPage")),
        linkPage("/magic-link", () => import("../features/auth/MagicLinkPage")),
        linkPage("/verify-email", () => import("../features/auth/VerifyEmailPage")),
        linkPage("/confirm-email", () => import("../features/auth/ConfirmEmailPage")),
        linkPage("/undo-email", () => import("../features/auth/UndoEmailPage")),
        linkPage("/not-me", () => import("../features/auth/NotMePage")),
        page("/forgot-password", () => import("../features/auth/ForgotPasswordPage")),
        linkPage("/reset-password", () => import("../features/auth/ResetPasswordPage")),
        page("/mailbox", () => import("../features/mailbox/MailboxPage")),
        {
          lazy: async () => ({ Component: await component(async () => ({ default: (await import("./Shell")).Shell })) }),
          // Inside the layout, so that the navigation stays when a page fails.
          children: [
            {
              ErrorBoundary: PageCrash,
              children: [
                { path: "/", Component: Home },
                page("/account/profile", () => import("../features/account/ProfilePage")),
                page("/account/security", () => import("../features/account/SecurityPage")),
                page("/account/api-keys", () => import("../features/account/ApiKeysPage")),
                page("/account/devices", () => import("../features/account/DevicesPage")),
                page("/account/activity", () => import("../features/account/ActivityPage")),
                page("/account/data", () => import("../features/account/DataPage")),
                guarded("/admin", "seeOverview", () => import("../features/admin/overview/OverviewPage")),
                guarded("/admin/users", "listUsers", () => import("../features/admin/users/UsersPage")),
                guarded("/admin/users/:id", "seeUser", () => import("../features/admin/users/UserPage")),
                guarded("/admin/audit", "readAudit", () => import("../features/admin/audit/AuditPage")),
                guarded("/admin/roles", "listRoles", () => import("../features/admin/roles/RolesPage")),
                guarded(
                  "/admin/service-accounts",
                  "seeServiceAccounts",
                  () => import("../features/admin/serviceAccounts/ServiceAccountsPage"),
                ),
                guarded(
                  "/admin/service-accounts/:id",
                  "seeServiceAccounts",
                  () => import("../features/admin/serviceAccounts/ServiceAccountPage"),
                ),
                guarded("/admin/api-keys", "listApiKeys", () => import("../features/admin/apiKeys/AllKeysPage")),
                guarded("/admin/emails", "readEmails", () => import("../features/admin/emails/EmailsPage")),
                guarded("/admin/webhooks", "seeWebhooks", () => import("../features/admin/webhooks/WebhooksPage")),
                guarded("/admin/webhooks/:id", "seeWebhooks", () => import("../features/admin/webhooks/WebhookPage")),
                guarded("/admin/system", "seeSystem", () => import("../features/admin/system/SystemPage")),
                page("*", async () => ({ default: (await import("./NotFound")).NotFound })),
              ],
            },
          ],
        },
      ],
    },
  ],
  { basename: base || "/" },
);
