=== layouts
$ T new -d -s a -x 100 -y 40 cat
$ T splitw cat; T splitw cat; T splitw cat; T splitw -t 0 cat
$ T select-layout even-h; T display -p '#{window_layout}'
> 3cde,100x40,0,0{19x40,0,0,0,19x40,20,0,4,19x40,40,0,1,19x40,60,0,2,20x40,80,0,3}
$ T L=1
! unknown command: L=1
? 1
$ T select-layout -n; T display -p '#{window_layout}'
> 15bc,100x40,0,0[100x7,0,0,0,100x7,0,8,4,100x7,0,16,1,100x7,0,24,2,100x8,0,32,3]
$ T select-layout -p; T display -p '#{window_layout}'
> 3cde,100x40,0,0{19x40,0,0,0,19x40,20,0,4,19x40,40,0,1,19x40,60,0,2,20x40,80,0,3}
$ T select-layout -o; T display -p '#{window_layout}'
> 15bc,100x40,0,0[100x7,0,0,0,100x7,0,8,4,100x7,0,16,1,100x7,0,24,2,100x8,0,32,3]
$ T select-layout -E; T display -p '#{window_layout}'
> 15bc,100x40,0,0[100x7,0,0,0,100x7,0,8,4,100x7,0,16,1,100x7,0,24,2,100x8,0,32,3]
$ T next-layout; T display -p '#{window_layout}'
> 15bc,100x40,0,0[100x7,0,0,0,100x7,0,8,4,100x7,0,16,1,100x7,0,24,2,100x8,0,32,3]
$ T previous-layout; T display -p '#{window_layout}'
> 3cde,100x40,0,0{19x40,0,0,0,19x40,20,0,4,19x40,40,0,1,19x40,60,0,2,20x40,80,0,3}
$ T select-layout; T display -p '#{window_layout}'
> 3cde,100x40,0,0{19x40,0,0,0,19x40,20,0,4,19x40,40,0,1,19x40,60,0,2,20x40,80,0,3}
$ T set -w main-pane-height 10; T select-layout main-horizontal; T display -p '#{window_layout}'
> 9094,100x40,0,0[100x10,0,0,0,100x29,0,11{24x29,0,11,4,24x29,25,11,1,24x29,50,11,2,25x29,75,11,3}]
$ T set -w main-pane-width 30%; T select-layout main-vertical; T display -p '#{window_layout}'
> f3b8,100x40,0,0{29x40,0,0,0,70x40,30,0[70x9,30,0,4,70x9,30,10,1,70x9,30,20,2,70x10,30,30,3]}
$ T set -w other-pane-width 20; T select-layout main-vertical; T display -p '#{window_layout}'
> 5a25,100x40,0,0{79x40,0,0,0,20x40,80,0[20x9,80,0,4,20x9,80,10,1,20x9,80,20,2,20x10,80,30,3]}
$ T set -w other-pane-height 12; T select-layout main-horizontal; T display -p '#{window_layout}'
> 55ed,100x40,0,0[100x27,0,0,0,100x12,0,28{24x12,0,28,4,24x12,25,28,1,24x12,50,28,2,25x12,75,28,3}]
$ X=$(T display -p '#{window_layout}'); T select-layout tiled; T select-layout "$X"; T display -p '#{window_layout}'
> 55ed,100x40,0,0[100x27,0,0,0,100x12,0,28{24x12,0,28,4,24x12,25,28,1,24x12,50,28,2,25x12,75,28,3}]
$ T select-layout tiled; T resizep -t 0 -R 5; T display -p '#{window_layout}'
> 85fe,100x40,0,0[100x12,0,0{54x12,0,0,0,45x12,55,0,4},100x12,0,13{49x12,0,13,1,50x12,50,13,2},100x14,0,26,3]
$ T resizep -t 0 -D 3; T display -p '#{window_layout}'
> 131c,100x40,0,0[100x15,0,0{54x15,0,0,0,45x15,55,0,4},100x9,0,16{49x9,0,16,1,50x9,50,16,2},100x14,0,26,3]
$ T resizep -t 0 -U; T display -p '#{window_layout}'
> 0483,100x40,0,0[100x14,0,0{54x14,0,0,0,45x14,55,0,4},100x10,0,15{49x10,0,15,1,50x10,50,15,2},100x14,0,26,3]
$ T resizep -t 0 -L 100; T display -p '#{window_layout}'
> 3789,100x40,0,0[100x14,0,0{1x14,0,0,0,98x14,2,0,4},100x10,0,15{49x10,0,15,1,50x10,50,15,2},100x14,0,26,3]
$ T resizep -t 0 -x 30; T display -p '#{window_layout}'
> 4420,100x40,0,0[100x14,0,0{30x14,0,0,0,69x14,31,0,4},100x10,0,15{49x10,0,15,1,50x10,50,15,2},100x14,0,26,3]
$ T resizep -t 0 -x 30%; T display -p '#{window_layout}'
> 4420,100x40,0,0[100x14,0,0{30x14,0,0,0,69x14,31,0,4},100x10,0,15{49x10,0,15,1,50x10,50,15,2},100x14,0,26,3]
$ T resizep -t 0 -y 25%; T display -p '#{window_layout}'
> 4717,100x40,0,0[100x10,0,0{30x10,0,0,0,69x10,31,0,4},100x14,0,11{49x14,0,11,1,50x14,50,11,2},100x14,0,26,3]
$ T resizep -t 0 -y 5 -x 12; T display -p '#{window_layout}'
> 97e0,100x40,0,0[100x5,0,0{12x5,0,0,0,87x5,13,0,4},100x19,0,6{49x19,0,6,1,50x19,50,6,2},100x14,0,26,3]
$ T resizep -x abc
! width invalid
? 1
$ T resizep -x 200%
! width too large
? 1
$ T resizep -x 0
$ T resizep -R abc
! adjustment invalid
? 1
$ T resizep -R 0
! adjustment too small
? 1
$ T resizep -T
$ T resizew -x 60 -y 20; T display -p '#{window_layout} #{window_width} #{window_height}'
> 48d4,60x20,0,0[60x1,0,0{58x1,0,0,0,1x1,59,0,4},60x11,0,2{29x11,0,2,1,30x11,30,2,2},60x6,0,14,3] 60 20
$ T resizew -L 5;  T display -p '#{window_width} #{window_height}'
> 55 20
$ T resizew -R 5;  T display -p '#{window_width} #{window_height}'
> 60 20
$ T resizew -U;  T display -p '#{window_width} #{window_height}'
> 60 19
$ T resizew -D 30;  T display -p '#{window_width} #{window_height}'
> 60 49
$ T resizew -A;  T display -p '#{window_width} #{window_height}'
> 100 40
$ T resizew -a;  T display -p '#{window_width} #{window_height}'
> 100 40
$ T resizew -x 0
! width too small
? 1
$ T resizew -x abc
! width invalid
? 1
$ T show -w window-size
> window-size manual

