import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { vi } from 'vitest'
import { freePort } from '../server.ts'
import type { Recipe } from './blocks.ts'

/** Debian's, unless `WORDPRESS_PATH` names another. */
const source = process.env.WORDPRESS_PATH ?? '/usr/share/wordpress'
/** Where Debian keeps the themes that owners may change. */
const debianThemes = '/var/lib/wordpress/wp-content/themes'
const php = '/usr/bin/php'
const database = '/usr/sbin/mariadbd'

/** Whether all is here: in Debian the packages `wordpress`, `php-cli`, `php-mysql` and `mariadb-server-core`. */
export const hasWordPress = [join(source, 'wp-load.php'), php, database].every(existsSync)

/** A WordPress that runs. */
export interface WordPress {
  url: string
  /** Shows all pages in another theme. */
  chooseTheme: (name: string) => void
  /** Ends it and removes its folder. */
  stop: () => Promise<void>
}

/** Any address but a file's is WordPress's: PHP's own server needs to be told. */
const router = `<?php
$file = __DIR__ . parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
if ( is_file( $file ) ) return false;
$_SERVER['SCRIPT_NAME'] = '/index.php';
require __DIR__ . '/index.php';
`

const config = (socket: string, url: string) => `<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:${socket}' );
define( 'WP_HOME', '${url}' );
define( 'WP_SITEURL', '${url}' );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'DISABLE_WP_CRON', true );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
`

/** As its own set-up does; then the two posts, and the plugins of the recipe. */
const setUp = (plugins: string[]) => `
define( 'WP_INSTALLING', true );
require 'wp-load.php';
require 'wp-admin/includes/upgrade.php';
require_once 'wp-admin/includes/plugin.php';
wp_install( 'A blog', 'owner', 'owner@blog.example', true, '', 'a password' );
update_option( 'permalink_structure', '/%postname%/' );
foreach ( array( 'one' => 'The first article', 'two' => 'The second article' ) as $name => $title )
  wp_insert_post( array(
    'post_status' => 'publish', 'post_author' => 1, 'post_name' => $name, 'post_title' => $title,
    'post_content' => '<!-- wp:html --><p>Text. <a href="/one/">One</a> <a href="/two/">Two</a></p><!-- /wp:html -->',
  ) );
flush_rewrite_rules();
${plugins.map((plugin) => `if ( activate_plugin( '${plugin}' ) ) exit( 1 );`).join('\n')}
`

/** Starts a fresh WordPress with a recipe's files in it, its plugins active. */
export async function startWordPress(recipe: Recipe): Promise<WordPress> {
  const folder = await mkdtemp(join(tmpdir(), 'hankyo-wordpress-'))
  const [site, data, socket] = [join(folder, 'site'), join(folder, 'data'), join(folder, 'socket')]
  // Debian's has links to what other packages bring.
  await cp(source, site, {
    recursive: true,
    dereference: true,
    filter: (path) => !path.endsWith('wp-config.php'),
  })
  if (existsSync(debianThemes) && source === '/usr/share/wordpress')
    await cp(debianThemes, join(site, 'wp-content/themes'), { recursive: true, dereference: true })
  for (const [path, text] of Object.entries(recipe.files)) {
    await mkdir(dirname(join(site, path)), { recursive: true })
    await writeFile(join(site, path), text)
  }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  await writeFile(join(site, 'wp-config.php'), config(socket, url))
  await writeFile(join(site, 'router.php'), router)

  const user = process.getuid?.() === 0 ? ['--user=root'] : []
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', ...user],
    { stdio: 'ignore' },
  )
  const running = [] as ReturnType<typeof spawn>[]
  const stop = async () => {
    for (const one of running.reverse()) {
      const ended = new Promise((end) => one.once('exit', end))
      one.kill('SIGTERM')
      await ended
    }
    await rm(folder, { recursive: true, force: true })
  }
  running.push(
    spawn(
      database,
      [
        '--no-defaults',
        `--datadir=${data}`,
        `--socket=${socket}`,
        '--skip-networking',
        `--pid-file=${folder}/pid`,
        ...user,
      ],
      { stdio: 'ignore' },
    ),
  )
  const inside = (code: string) => execFileSync(php, ['-r', code], { cwd: site, stdio: 'pipe' })
  try {
    await vi.waitFor(
      () =>
        inside(
          `mysqli_report( MYSQLI_REPORT_ALL ); ( new mysqli( 'localhost', 'root', '', '', 0, '${socket}' ) )->query( 'CREATE DATABASE IF NOT EXISTS wordpress' );`,
        ),
      { timeout: 60_000, interval: 200 },
    )
    const plugins = Object.keys(recipe.files).filter((path) => recipe.files[path]?.includes('Plugin Name:'))
    inside(setUp(plugins.map((path) => path.replace('wp-content/plugins/', ''))))
    running.push(
      spawn(php, ['-S', `127.0.0.1:${port}`, '-t', site, join(site, 'router.php')], { stdio: 'ignore' }),
    )
    await vi.waitFor(async () => (await fetch(url)).text(), { timeout: 60_000, interval: 200 })
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url,
    chooseTheme: (name) => void inside(`require 'wp-load.php'; switch_theme( '${name}' );`),
    stop,
  }
}
