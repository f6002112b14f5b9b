import { RingProgress, Text } from "@mantine/core";

function color(score: number): string {
  if (score >= 75) return "teal.6";
  if (score >= 50) return "cobalt.5";
  return score >= 30 ? "yellow.6" : "gray.5";
}

/** A score from 0 to 100 as a ring. */
export function ScoreRing({ score, size = 64 }: { score: number; size?: number }) {
  const shown = Math.round(score);
  return (
    <div role="img" aria-label={`Score ${shown} of 100`} style={{ flex: "none" }}>
      <RingProgress
        size={size}
        thickness={Math.max(5, size * 0.085)}
        roundCaps
        sections={[{ value: score, color: color(score) }]}
        aria-hidden="true"
        label={
          <Text ta="center" fw={700} fz={size * 0.3} lh={1} className="numbers" component="span" display="block">
            {shown}
          </Text>
        }
      />
    </div>
  );
}
