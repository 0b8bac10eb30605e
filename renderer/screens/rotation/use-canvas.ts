import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { paint, type Scene } from './line-paint.ts';
import { type Palette, readPalette, watchPalette } from './line-palette.ts';
import { createSprites, type Sprites } from './mark-sprites.ts';

/** What a picture is drawn with; read anew when the colours or the screen's density change. */
interface Drawing {
  readonly palette: Palette;
  readonly sprites: Sprites;
  readonly dpr: number;
}

/**
 * Keeps a canvas drawn: at once whenever the scene is another one, and when `draw` is called, such as while scrolling.
 * `probe` is an element that is not seen, from which the colours are read.
 */
export function useCanvas(
  scene: () => Scene,
  size: { readonly width: number; readonly height: number },
): {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly probe: RefObject<HTMLSpanElement | null>;
  readonly draw: () => void;
} {
  const canvas = useRef<HTMLCanvasElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const latest = useRef(scene);
  latest.current = scene;

  const draw = useCallback(() => {
    const context = canvas.current?.getContext('2d', { alpha: false }) ?? null;
    const now = latest.current();
    if (context === null || canvas.current === null || probe.current === null || now.width === 0) return;
    const dpr = window.devicePixelRatio;
    if (drawing.current === null || drawing.current.dpr !== dpr) {
      const palette = readPalette(probe.current);
      drawing.current = { palette, dpr, sprites: createSprites(palette, dpr) };
    }
    fitTo(canvas.current, now, dpr);
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    paint(context, now, drawing.current.palette, drawing.current.sprites);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn again for every other scene, and at every other size
  useLayoutEffect(draw, [draw, scene, size]);

  useEffect(() => {
    const redraw = () => {
      drawing.current = null;
      draw();
    };
    window.addEventListener('resize', redraw);
    const stop = watchPalette(redraw);
    return () => {
      window.removeEventListener('resize', redraw);
      stop();
    };
  }, [draw]);

  return { canvas, probe, draw };
}

/** Gives the canvas the pixels of the screen. Setting its size empties it, so it is set only when it differs. */
function fitTo(canvas: HTMLCanvasElement, { width, height }: Scene, dpr: number): void {
  const pixels = { width: Math.round(width * dpr), height: Math.round(height * dpr) };
  if (canvas.width !== pixels.width) canvas.width = pixels.width;
  if (canvas.height !== pixels.height) canvas.height = pixels.height;
  canvas.style.inlineSize = `${width}px`;
  canvas.style.blockSize = `${height}px`;
}
