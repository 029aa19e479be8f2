export { errors, own, reasons } from '../../common/locales/ja.json'
