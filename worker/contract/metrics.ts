import type { Operation } from './operation.ts'

/** What Prometheus asks for (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

export const readMetrics = {
  summary: 'Figures of all sites as Prometheus reads them, for staff of all sites.',
  answers: { 200: 'text/plain' },
} satisfies Operation
