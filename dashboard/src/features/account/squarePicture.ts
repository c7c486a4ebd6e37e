const side = 256;

/** The file is no picture that the browser knows. */
export class UnreadablePictureError extends Error {
  override readonly name = "UnreadablePictureError";
}

/** The middle of a picture as a small square. Drawing it anew leaves out what the file tells besides, such as places. */
export async function squareOf(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new UnreadablePictureError();
  });
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) {
    throw new UnreadablePictureError();
  }

  const length = Math.min(picture.width, picture.height);
  const [left, top] = [(picture.width - length) / 2, (picture.height - length) / 2];
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, left, top, length, length, 0, 0, side, side);
  picture.close();
  const webp = await blobOf(canvas, "image/webp");
  if (webp.type === "image/webp") {
    return webp;
  }

  // Safari writes no WebP, but PNG instead, which can be too large; JPEG has no transparency.
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = "white";
  context.fillRect(0, 0, side, side);
  return blobOf(canvas, "image/jpeg");
}

function blobOf(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new UnreadablePictureError())), type, 0.9),
  );
}

/** The file as an address, which the content security policy allows in pages. */
export function addressOf(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new UnreadablePictureError());
    reader.readAsDataURL(file);
  });
}
