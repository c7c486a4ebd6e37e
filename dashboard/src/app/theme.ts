import { createTheme, type CSSVariablesResolver } from "@mantine/core";
import { SteadyButton } from "../shared/ui/SteadyButton";

export const theme = createTheme({
  primaryColor: "indigo",
  // Shades that satisfy WCAG AA: white on filled buttons, coloured text on both backgrounds.
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: "md",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif",
  headings: {
    sizes: { h1: { fontSize: "1.6rem" }, h2: { fontSize: "1.15rem" }, h3: { fontSize: "1rem" } },
  },
  components: {
    Button: { defaultProps: { component: SteadyButton } },
    ActionIcon: { defaultProps: { component: SteadyButton } },
    Badge: { defaultProps: { tt: "none", fw: 600 } },
    // The second click of a double-click often lands beside a dialog that has just opened or shrunk, and must not lose what is in it.
    Modal: { defaultProps: { closeOnClickOutside: false } },
  },
  cursorType: "pointer",
  respectReducedMotion: true,
});

export const resolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#52606d",
    "--mantine-color-error": "#b91c1c",
    "--mantine-color-placeholder": "#6b7280",
    "--mantine-color-red-light-color": "#a61e1e",
    "--mantine-color-teal-light-color": "#065f46",
    "--mantine-color-orange-light-color": "#8a3c00",
  },
  dark: {
    "--mantine-color-dimmed": "#b0b5bd",
    "--mantine-color-error": "#ff9b9b",
    "--mantine-color-placeholder": "#9aa0a8",
    "--mantine-color-disabled": "var(--mantine-color-dark-5)",
    "--mantine-color-disabled-color": "var(--mantine-color-dark-2)",
    "--mantine-color-red-light-color": "#ffc9c9",
  },
});
