/** Longest address that every browser opens; packed, a page of several megabytes has room in it. */
const longestPacked = 1_000_000;

/**
 * The bookmarklet: packs the page that it is pressed on and opens Jobtracker with it.
 *
 * The page travels in the address, behind the "#", and not as a message between windows: our pages share their windows
 * with nobody (Cross-Origin-Opener-Policy), and neither do many sites. Styles, pictures and programs are left out;
 * data that a page carries as JSON is kept, for it is the best there is to read.
 */
export function bookmarklet(origin: string): string {
  const code = `(async()=>{
const w=open('','_blank');
try{
const d=document.documentElement.cloneNode(true);
d.querySelectorAll('style,svg,noscript,iframe,img,video,picture,canvas,link,script:not([type*=json])').forEach(e=>e.remove());
const p=new Response(new Blob(['<!doctype html>',d.outerHTML]).stream().pipeThrough(new CompressionStream('gzip')));
const b=new Uint8Array(await p.arrayBuffer());
let s='';
for(let i=0;i<b.length;i+=9999)s+=String.fromCharCode(...b.subarray(i,i+9999));
s=btoa(s).replace(/\\+/g,'-').replace(/\\//g,'_').replace(/=+$/,'');
if(s.length>${longestPacked})throw Error('this page is too large');
w.opener=null;
w.location.replace(${JSON.stringify(`${origin}/add#page=`)}+s+'&url='+encodeURIComponent(location.href))
}catch(e){w&&w.close();alert('Jobtracker: '+e.message)}
})()`;
  return `javascript:${encodeURIComponent(code.replaceAll("\n", ""))}`;
}
