import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { Card } from '@sharestack/console/Card.tsx';
import { ProblemNote } from '@sharestack/console/ProblemNote.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { type DragEvent, useRef, useState } from 'react';
import { PictureRow } from './PictureRow.tsx';
import { writtenPictures } from './pictureList.ts';
import { changeProduct, type Product, productQuery, productSaved } from './queries.ts';
import { texts } from './texts.ts';
import { usePictureList } from './usePictureList.ts';

const shown = ({ images }: Product) => JSON.stringify(images.map(({ url, alt }) => [url, alt]));

/** The product's pictures: uploaded as soon as they are chosen, ordered, described and saved together. */
export function PicturesCard({ product }: { product: Product }) {
  const t = useTexts(texts);
  const list = usePictureList(product);
  const [said, setSaid] = useState('');
  const { save, isPending, error, theirs, settle } = useSave(product, list);
  useBlocker({
    shouldBlockFn: () => list.isDirty && !isPending && !window.confirm(t.leave),
    enableBeforeUnload: () => list.isDirty,
    disabled: !list.isDirty,
  });
  const move = (from: number, to: number) => {
    list.move(from, to);
    setSaid(t.moved(to + 1, list.pictures.length));
  };
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    list.add([...event.dataTransfer.files]);
  };
  return (
    <Card title={t.pictures}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop files; the button does the same */}
      <div onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
        <ol aria-label={t.pictures}>
          {list.pictures.map((picture, index) => (
            <PictureRow
              key={picture.key}
              picture={picture}
              index={index}
              count={list.pictures.length}
              onMove={(to) => move(index, to)}
              onTake={(from) => move(from, index)}
              onWrite={(alt) => list.write(picture.key, alt)}
              onRemove={() => list.remove(picture.key)}
              onRetry={() => list.retry(picture)}
            />
          ))}
        </ol>
        {list.pictures.length === 0 && <p className="text-sm text-muted">{t.noPictures}</p>}
        <p className="mt-3 text-sm text-muted">{t.dropHere}</p>
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
      {theirs ? (
        <p role="alert" className="mt-3 text-sm text-danger">
          {t.picturesConflict}{' '}
          <Button kind="quiet" onClick={settle}>
            {t.takeTheirs}
          </Button>
        </p>
      ) : (
        <ProblemNote error={error} words={t.words} />
      )}
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <AddFiles onAdd={list.add} />
        <Button busy={isPending} disabled={!list.isDirty || list.isUploading} className="sm:min-h-10" onClick={save}>
          {t.savePictures}
        </Button>
        {list.isDirty && <span className="text-sm text-muted">{list.isUploading ? t.wait : t.picturesUnsaved}</span>}
      </div>
    </Card>
  );
}

function AddFiles({ onAdd }: { onAdd: (files: File[]) => void }) {
  const t = useTexts(texts);
  return (
    <label className={`${buttonClass('secondary', 'cursor-pointer sm:min-h-10')} focus-within:outline-2`}>
      {t.addPictures}
      <input
        type="file"
        multiple
        accept="image/*"
        className="sr-only"
        onChange={(event) => {
          onAdd([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </label>
  );
}

/** Saves over what somebody else saved only where they left the pictures as they were, or where one was asked. */
function useSave(product: Product, list: ReturnType<typeof usePictureList>) {
  const t = useTexts(texts);
  const api = useApi();
  const client = useQueryClient();
  const base = useRef(product);
  const [theirs, setTheirs] = useState<Product | null>(null);
  const put = (version: number) =>
    changeProduct(api, product.id, { version, images: writtenPictures(list.pictures) as never });
  const { run, isPending, error } = useAction({
    act: async () => {
      try {
        return await put((theirs ?? base.current).version);
      } catch (failure) {
        if (asProblem(failure).code !== 'version_conflict') throw failure;
        const now = await client.fetchQuery(productQuery(api, product.id));
        if (shown(now) === shown(base.current)) return await put(now.version);
        setTheirs(now);
        throw failure;
      }
    },
    done: t.picturesSaved,
    isShownHere: true,
    onDone: (saved) => {
      base.current = saved;
      setTheirs(null);
      list.reset(saved);
      productSaved(client, saved);
    },
  });
  const settle = () => {
    if (!theirs) return;
    base.current = theirs;
    list.reset(theirs);
    setTheirs(null);
  };
  return { save: () => run(), isPending, error, theirs, settle };
}
