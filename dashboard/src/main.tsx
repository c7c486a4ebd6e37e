import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { Offline } from "./app/Offline";
import { router } from "./app/routes";
import { resolver, theme } from "./app/theme";
import { Toasts } from "./app/Toasts";
import { I18nProvider } from "./i18n";
import "./shared/lib/doubleClicks";
import { keepFocus } from "./shared/lib/focus";
import { queryClient } from "./shared/lib/queries";

// The components measure themselves with it; without it they only do not follow changes of size.
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
keepFocus();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={resolver} cssVariablesSelector=":root:root" defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <I18nProvider>
            <Toasts />
            <RouterProvider router={router} />
            <Offline />
          </I18nProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
