import { createTheme, type MantineColorsTuple } from "@mantine/core";

const cobalt: MantineColorsTuple = [
  "#eef3ff",
  "#dbe4fd",
  "#b4c6f8",
  "#8aa5f3",
  "#678aee",
  "#4b72e6",
  "#3a61da",
  "#2b50cc",
  "#2445ad",
  "#1b378c",
];

// Slightly blue, so that the dark page is ink rather than soot.
const dark: MantineColorsTuple = [
  "#d3d8e4",
  "#b4bccd",
  "#959fb4",
  "#6c7790",
  "#3d475c",
  "#2f384b",
  "#222937",
  "#191f2b",
  "#12161f",
  "#0c0f16",
];

export const theme = createTheme({
  colors: { cobalt, dark },
  primaryColor: "cobalt",
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: "md",
  cursorType: "pointer",
  autoContrast: true,
  respectReducedMotion: true,
  fontFamily: '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace',
  components: {
    Modal: { styles: { title: { fontWeight: 650, fontSize: "1.15rem" } } },
    Drawer: { styles: { title: { fontWeight: 650, fontSize: "1.15rem" } } },
    // A window's head is no banner of the page.
    ModalHeader: { defaultProps: { role: "none" } },
    DrawerHeader: { defaultProps: { role: "none" } },
  },
  headings: {
    fontWeight: "650",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "1.75rem", lineHeight: "1.25" },
      h2: { fontSize: "1.25rem", lineHeight: "1.35" },
      h3: { fontSize: "1.0625rem", lineHeight: "1.4" },
    },
  },
});
