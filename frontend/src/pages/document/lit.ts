import { useReducedMotion } from "@mantine/hooks";
import { type PointerEvent, type RefObject, useEffect, useMemo, useState } from "react";

/** Which field is lit, and what lights one. */
export interface Light {
  /** The field under the pointer, else the one that was chosen. */
  path: string | null;
  /** The field that was chosen by focus, key or click; it stays lit when the pointer goes. */
  chosen: string | null;
  /** Whether it was lit in the document, so that the list has to follow, or the other way round. */
  from: "fields" | "document";
  hover: (path: string | null, from: Light["from"]) => void;
  choose: (path: string | null, from: Light["from"]) => void;
}

export function useLight(): Light {
  const [hovered, setHovered] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [from, setFrom] = useState<Light["from"]>("fields");
  return useMemo(
    () => ({
      path: hovered ?? chosen,
      chosen,
      from,
      hover: (path, side) => {
        setHovered(path);
        if (path !== null) setFrom(side);
      },
      choose: (path, side) => {
        setHovered(null);
        setChosen(path);
        setFrom(side);
      },
    }),
    [hovered, chosen, from],
  );
}

/** What lights something while the pointer is on it. */
export function whilePointed(light: Light, path: () => string | null, from: Light["from"]) {
  return {
    // What moves below a pointer that lies still, as the document does when keys light another field, is not pointed at.
    onPointerMove: ({ movementX, movementY, pointerType }: PointerEvent) => {
      if (pointerType !== "touch" && (movementX !== 0 || movementY !== 0)) light.hover(path(), from);
    },
    onPointerLeave: () => light.hover(null, from),
  };
}

/** A pointer that only passes over fields should not make the document run to and fro. */
const settles = 120;
const margin = 48;

/** Scrolls the document, and nothing else, to the first place of the lit field that is not to be seen already. */
export function useFollow(pane: RefObject<HTMLElement | null>, light: Light, shown: unknown): void {
  const still = useReducedMotion();
  const { path, from } = light;
  useEffect(() => {
    if (path === null || from !== "fields") return;
    const timer = setTimeout(() => {
      const holder = pane.current;
      if (holder === null) return;
      const frame = holder.getBoundingClientRect();
      // Its lower end may be below that of the window.
      const bottom = Math.min(frame.bottom, window.innerHeight);
      const places = [...holder.querySelectorAll("[data-lit]")].map((place) => place.getBoundingClientRect());
      const [first] = places.sort((one, next) => one.top - next.top);
      if (first === undefined) return;
      const down = first.top < frame.top || first.bottom > bottom;
      const aside = first.left < frame.left || first.right > frame.right;
      if (!down && !aside) return;
      holder.scrollTo({
        top: down ? holder.scrollTop + first.top - frame.top - Math.min(margin, frame.height / 4) : holder.scrollTop,
        left: aside ? holder.scrollLeft + first.left - frame.left - margin : holder.scrollLeft,
        behavior: still ? "auto" : "smooth",
      });
    }, settles);
    return () => clearTimeout(timer);
  }, [pane, path, from, still, shown]);
}
