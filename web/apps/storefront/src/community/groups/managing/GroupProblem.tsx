import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { ProblemNote } from '../../acting/ProblemNote.tsx';
import { managingTexts } from './texts.ts';

/** Why something was not done in a group, in the words for groups where there are some. */
export function GroupProblem({ error }: { error: unknown }) {
  const t = useTexts(managingTexts);
  const words = error ? t.problems[asProblem(error).code] : null;
  if (!words) return <ProblemNote error={error} />;
  return (
    <p role="alert" className="text-sm text-danger">
      {words}
    </p>
  );
}
