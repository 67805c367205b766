// Built from js/ by `npm run build`: read it and change it there.
function n(e){return{send:(i,t)=>e.send(i,void 0,t),listen(i,t){e.on("msg:custom",i),t.addEventListener("abort",()=>e.off("msg:custom",i),{once:!0})}}}var r={initialize:({model:e})=>n(e)};export{r as default,n as wireOf};
