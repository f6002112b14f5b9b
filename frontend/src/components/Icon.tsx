const shapes = {
  matches: ["M12 3a9 9 0 1 0 9 9", "M8.5 12.5l2.5 2.5 8-9"],
  search: ["M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", "M15.3 15.3L20 20"],
  resume: ["M6 3h8l4 4v14H6z", "M14 3v4h4", "M9 12h6", "M9 16h4"],
  person: ["M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M4.5 20.5c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5"],
  sources: ["M5 18.5h.01", "M5 12a6.5 6.5 0 0 1 6.5 6.5", "M5 5.5a13 13 0 0 1 13 13"],
  upload: ["M12 16V5", "M7.5 9.5L12 5l4.5 4.5", "M4 19.5h16"],
  sun: ["M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M12 2.5v2", "M12 19.5v2", "M2.5 12h2", "M19.5 12h2", "M5.3 5.3l1.4 1.4", "M17.3 17.3l1.4 1.4", "M5.3 18.7l1.4-1.4", "M17.3 6.7l1.4-1.4"],
  moon: ["M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"],
  out: ["M10 4H5v16h5", "M14 8l4 4-4 4", "M18 12H9"],
  open: ["M9 5H5v14h14v-4", "M13 5h6v6", "M19 5l-8 8"],
  check: ["M5 12.5l4.5 4.5L19 7"],
  alert: ["M12 4l9 16H3z", "M12 10v4.5", "M12 17.3h.01"],
  down: ["M6 9.5l6 6 6-6"],
  up: ["M6 14.5l6-6 6 6"],
  plus: ["M12 5v14", "M5 12h14"],
  minus: ["M5 12h14"],
  width: ["M4 5v14", "M20 5v14", "M7.5 12h9", "M10 9.5L7.5 12l2.5 2.5", "M14 9.5l2.5 2.5-2.5 2.5"],
  lock: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"],
  trash: ["M5 7h14", "M10 7V4h4v3", "M7 7l1 13h8l1-13"],
  edit: ["M4 20l1-4L16 5l3 3L8 19z"],
  mail: ["M3.5 6h17v12h-17z", "M4 7l8 6 8-6"],
  bookmark: ["M7 4h10v16l-5-4-5 4z"],
  company: ["M5 20V5h9v15", "M14 10h5v10", "M8 9h3", "M8 13h3", "M3 20h18"],
  clock: ["M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z", "M12 8v4.5l3 2"],
  back: ["M14.5 5.5L8 12l6.5 6.5"],
  filter: ["M4 6h16", "M7 12h10", "M10 18h4"],
  refresh: ["M20 11a8 8 0 0 0-14.5-3.5L4 9", "M4 4.5V9h4.5", "M4 13a8 8 0 0 0 14.5 3.5L20 15", "M20 19.5V15h-4.5"],
  pin: ["M12 21c4.5-5 6.5-8 6.5-11a6.5 6.5 0 1 0-13 0c0 3 2 6 6.5 11z", "M12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"],
} as const;

export type IconName = keyof typeof shapes;

/** A line icon in the colour of the text. It always stands beside words, so it is hidden from screen readers. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
