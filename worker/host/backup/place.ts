/** Whether backups lie in a bucket there, `s3://BUCKET/FOLDER`, and not in a folder of this machine. */
export const isBucket = (place: string): boolean => place.startsWith('s3://')
