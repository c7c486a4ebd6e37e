import { useMergedRef } from "@mantine/hooks";
import { type ComponentProps, useRef, useState } from "react";

type Props = ComponentProps<"button"> & { "data-loading"?: boolean; "data-disabled"?: boolean };

/** A button that keeps the focus while it waits, or once it has nothing left to do: a disabled one would lose it. */
export function SteadyButton({ type = "button", disabled = false, ref, onClick, onBlur, ...rest }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const merged = useMergedRef(ref, button);
  const [, setBlurs] = useState(0);
  const waits = rest["data-loading"] === true && rest["data-disabled"] !== true;
  const steady = disabled && (waits || (button.current !== null && button.current === document.activeElement));
  return (
    <button
      {...rest}
      ref={merged}
      type={type}
      disabled={disabled && !steady}
      aria-disabled={steady || undefined}
      // A form is not sent again either.
      onClick={steady ? (e) => e.preventDefault() : onClick}
      onBlur={(e) => {
        setBlurs((n) => n + 1);
        onBlur?.(e);
      }}
    />
  );
}
