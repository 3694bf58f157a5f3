import { Outlet } from '@tanstack/react-router';
import { BottomBar } from './components/BottomBar.tsx';
import { Footer } from './components/Footer.tsx';
import { Header } from './components/Header.tsx';
import { SkipLink } from './components/SkipLink.tsx';
import { RouteFocus } from './RouteFocus.tsx';

export function Root() {
  return (
    <div className="flex min-h-dvh flex-col">
      <RouteFocus />
      <SkipLink />
      <Header />
      <main id="content" className="grow pb-16">
        <Outlet />
      </main>
      <Footer />
      <BottomBar />
    </div>
  );
}
