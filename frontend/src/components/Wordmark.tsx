/** The company's mark and name. */
export function Wordmark({ size = 30 }: { size?: number }) {
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: size * 0.32 }}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="9" fill="#2b50cc" />
        <path
          d="M23.6 12.3A9 9 0 1 1 16 7"
          fill="none"
          stroke="#fff"
          strokeWidth="3"
          strokeLinecap="round"
        />
        <path
          d="M12.2 16.2l3.2 3.2 8.4-9.6"
          fill="none"
          stroke="#8fe3c2"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span style={{ fontSize: size * 0.62, fontWeight: 700, letterSpacing: "-0.025em", lineHeight: 1 }}>
        Jobtracker
      </span>
    </span>
  );
}
