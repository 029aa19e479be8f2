export { errors, own, reasons } from '../../common/locales/en.json'
