/**
 * Well-known services that give any address a short name. Those that shorten only the addresses
 * of their own site (youtu.be, amzn.to, flic.kr) hide nothing and are left out.
 */
export const shorteners = `
  0rz.tw 2no.co acortar.link adf.ly adfoc.us alturl.com bc.vc bit.do bit.ly bitly.com bitly.ws bl.ink buff.ly
  chilp.it clck.ru cli.gs cutt.ly cutt.us dlvr.it dwz.cn encurtador.com.br exe.io gg.gg goo.gl goo.su han.gl
  hyperurl.co iplogger.org is.gd ity.im j.mp kutt.it lihi.cc lihi1.com linkvertise.com lnkd.in me2.do mcaf.ee
  n9.cl onl.la onl.sc ouo.io ow.ly ppt.cc pse.is q.gs qps.ru rb.gy rebrand.ly reurl.cc s.id sh.st short.io
  shorte.st shorturl.asia shorturl.at shrinkme.io snip.ly soo.gd suo.im surl.li t.cn t.co t.ly tiny.cc
  tiny.one tinyurl.com tny.im tr.im trib.al u.to ur0.link url.cn urlz.fr ux.nu v.gd v.ht vk.cc vo.la x.co x.gd
`
  .trim()
  .split(/\s+/)
