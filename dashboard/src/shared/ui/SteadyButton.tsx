import type { ComponentProps } from "react";

type Props = ComponentProps<"button"> & { "data-loading"?: boolean; "data-disabled"?: boolean };

/** A button that keeps the focus while it waits: a disabled one would lose it. */
export function SteadyButton({ type = "button", disabled, onClick, ...rest }: Props) {
  const waits = rest["data-loading"] === true && rest["data-disabled"] !== true;
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled && !waits}
      aria-disabled={waits || undefined}
      // A form is not sent again either.
      onClick={waits ? (e) => e.preventDefault() : onClick}
    />
  );
}
