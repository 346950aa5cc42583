package org.noisescape.onnx;
import java.nio.file.Path;
public class Scratch { public static void main(String[] a){ for(String f:a){ try { var c=OnnxNetwork.read(Path.of(f)); String t=c.description().text(); System.out.println(f+": "+(t.length()>1500?t.substring(0,1500)+"…":t)+" "+c.notes()); 
 var in=t.split(",")[0]; if(in.startsWith("input ")){ String[] s=in.substring(6).split("x"); int[] im=s.length==1?new int[]{Integer.parseInt(s[0]),1,1}:new int[]{Integer.parseInt(s[0]),Integer.parseInt(s[1]),Integer.parseInt(s[2])};
 int k=0; for(int q: new int[]{10,1000,5,3}) try { var n=org.noisescape.nn.ModelZoo.build("net:"+t,im,q); k=q;
  var names=java.util.stream.Stream.concat(n.parameters().stream(),n.runningStatistics().stream()).map(p->p.name()+java.util.Arrays.toString(p.shape())).sorted().toList();
  var ours=c.description().tensors().stream().map(p->p.name()+java.util.Arrays.toString(p.shape())).sorted().toList();
  System.out.println("   K="+q+" "+names.size()+" tensors, same="+names.equals(ours)+" "+names.get(0)); if(!names.equals(ours)){System.out.println(names.subList(0,Math.min(9,names.size()))+"\n"+ours.subList(0,Math.min(9,ours.size())));} break; } catch(IllegalArgumentException e){ if(q==3) System.out.println("  !! "+e.getMessage().substring(Math.max(0,e.getMessage().length()-300))); } }
 } catch(Exception e){ System.out.println(f+": REFUSED "+e.getMessage()); if(!(e instanceof IllegalArgumentException)) e.printStackTrace(System.out);} } } }
