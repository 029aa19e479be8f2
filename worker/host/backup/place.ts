/**
 * Whether a place is meant as a bucket, `s3://BUCKET/FOLDER`, and not as a folder of this machine: whatever begins as an
 * address does. A letter alone is a disk of Windows.
 */
export const isBucket = (place: string): boolean => /^[a-z][a-z\d+.-]+:/i.test(place)
