/** `<dialog>` as far as tests need it; jsdom knows the element and not what it does. */
export function addDialogs(): void {
  const { prototype } = HTMLDialogElement;
  prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
    this.querySelector<HTMLElement>('button, input, select, textarea')?.focus();
  };
  prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
}
