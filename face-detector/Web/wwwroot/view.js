// What is in view, kept in the address: #camera=hall shows one camera, #wall is the view for a screen on a wall. Both can be linked to.

export class View extends EventTarget {
  /** The one camera in view; null for all. */
  camera = null;
  wall = false;

  constructor() {
    super();
    this.#read();
    addEventListener("popstate", event => {
      const { wall } = this;
      this.#read();
      if (event.state) {
        // Going back changes the camera; the screen stays as full as it is.
        this.wall = wall;
        history.replaceState(event.state, "", this.address());
      }
      this.#emit();
    });
    addEventListener("keydown", event => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) {
        this.leave();
      }
    });
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement) {
        this.showWall(false);
      }
    });
  }

  /** The address that shows one camera; null for all. */
  address(camera = this.camera) {
    const parts = [...this.wall ? ["wall"] : [], ...camera === null ? [] : [new URLSearchParams({ camera })]];
    return parts.length > 0 ? `#${parts.join("&")}` : location.pathname + location.search;
  }

  show(camera) {
    if (camera === this.camera) {
      return;
    }
    if (camera === null && history.state?.opened) {
      history.back();
      return;
    }
    this.camera = camera;
    if (camera === null) {
      history.replaceState(null, "", this.address());
    } else {
      history.pushState({ opened: true }, "", this.address());
    }
    this.#emit();
  }

  showWall(wall) {
    if (wall === this.wall) {
      return;
    }
    this.wall = wall;
    history.replaceState(history.state, "", this.address());
    this.#emit();
  }

  /** One step back: from a camera to all, from the wall to the page. */
  leave() {
    if (this.camera !== null) {
      this.show(null);
    } else {
      this.showWall(false);
    }
  }

  #read() {
    const parts = new URLSearchParams(location.hash.slice(1));
    this.camera = parts.get("camera");
    this.wall = parts.has("wall");
  }

  #emit() {
    this.dispatchEvent(new Event("change"));
  }
}
