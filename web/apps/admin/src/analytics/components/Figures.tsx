interface Props {
  figures: readonly (readonly [string, string])[];
}

/** Numbers with their names, large enough to be read in passing. */
export function Figures({ figures }: Props) {
  return (
    <dl className="mb-6 grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="font-display text-2xl tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
