import { Component, type ReactNode } from "react";

interface Props {
  readonly failed: (failure: unknown) => void;
  readonly children: ReactNode;
}

/** Hands on what a drawing throws; without it Ink shows people a stack trace. */
export class FailureBoundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  /** Shows nothing more, once something below it was thrown. */
  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(failure: unknown) {
    this.props.failed(failure);
  }

  override render() {
    return this.state.broken ? null : this.props.children;
  }
}
