=== display
$ T new -d -s a -x 80 -y 24 -n w0 cat
$ T display -p 'a #S b'
> a a b
$ T display -p -F '#S'
> a
$ T display -p -F '#S' x
! only one of -F or argument must be given
? 1
~ T display -p -l '#S'
> #S
$ T display -p -t nosuch '#S|'
> |
$ T display -p -t a:0.0 '#{pane_id}'
> %0
$ T display -p '#{?1,a,b}#{?0,a,b}#{?,a,b}#{?x,a,b}#{?session_name,a,b}'
> bbbba
~ T display -p '#{?1,a}|#{?0,a}|#{?1}'
> ||
$ T display -p '#{?#{==:a,a},#{?0,x,y},z}'
> y
$ T display -p '#{==:a,b} #{!=:a,b} #{<:a,b} #{>:a,b} #{<=:a,a} #{>=:a,b}'
> 0 1 1 0 1 0
~ T display -p '#{||:0,0} #{||:0,1} #{&&:1,1} #{&&:1,0} #{!:1}'
> 0 1 1 0 0
~ T display -p '#{m:*a*,xay} #{m/r:^x,xay} #{m/ri:^X,xay} #{m/z:xy,xay}'
> 1 1 1 1
$ T display -p '#{C:abc} #{C/r:abc}'
> 0 0
$ T display -p '#{e|+:1,2} #{e|-:1,2} #{e|*:3,4} #{e|/:7,2} #{e|m:7,2} #{e|%%:7,2} #{e|+|f|3:1.5,2} #{e|<:1,2} #{e|==:2,2} #{e|>=:1,2} #{e|/:1,0}'
> 3 -1 12 3 1 1 3.500 1 1 0 -9223372036854775808
$ T display -p '#{a:65} #{a:10} #{a:x} #{c:red} #{c:colour5} #{c:#ff00ff} #{c:bogus} #{c:default}'
> A   800000 800080 ff00ff  
$ T display -p '#{=2:session_name}#{=5:window_layout}#{=-5:window_layout}#{=/5/..:window_layout}#{=/-5/..:window_layout}#{p5:session_name}|#{p-5:session_name}|#{=|3|x:window_layout}'
> ab25d,0,0,0b25d,....0,0,0a    |    a|b25x
$ T display -p '#{n:window_layout} #{w:window_layout} #{n:}'
> 16 16 0
$ T set -g @q "a'b c\"d(e)\$f#g{h}i;"; T display -p '#{q:@q}'; T display -p '#{q/e:@q}' ; T display -p '#{q/h:@q}'
> a\'b\ c\"d\(e\)\$f\#g{h}i
> a'b c"d(e)$f##g{h}i
> a'b c"d(e)$f##g{h}i
$ T display -p '#{l:#S} #{l:a,b} #{E:@q} #{T:@q}'
> #S a,b a'b c"d(e)$f#g{h}i a'b c"d(e)$f#g{h}i
$ T set -g @e '#{session_name}-#{window_index}'; T display -p '#{@e} #{E:@e} #{T:@e}'
> #{session_name}-#{window_index} a-0 a-0
$ T neww -d -n w1 cat; T display -p '#{W:#{window_index}:#{window_name} } #{W:#{window_index},[#{window_index}]}'
> 0:w0 1:w1  [0]1
$ T splitw -d cat; T display -p '#{P:#{pane_index} } #{P:#{pane_index},[#{pane_index}]} #{S:#{session_name}}'
> 0 1  [0]1 a
$ T display -p '#{N:w1} #{N/s:a} #{N/w:w1} #{N/w:nosuch}'
> 1 1 1 0
$ T display -p '#{s/a/b/:session_name} #{s/(.)0/\1x/:window_name} #{s/W/q/i:window_name} #{s|a|b|:session_name}#{s/a/#{window_name}/:session_name}'
> b wx q0 bw0
$ T display -p '#{s/a/b/;s/b/c/:session_name}'
> c
$ T display -p '#{l:x}#{?#{l:1},a\,b,c} #{?1,#,#},x}'
> xa\ x
$ T display -p '##S ###S #, #} #{ #{S'
> #S #a , } 
$ T display -p '#{unknown} #{@unknown} #{status} #{base-index} #{mode-keys} #{history-limit}'
>   on 0 emacs 2000
$ T display -p '#[fg=red]x#[default]'
> #[fg=red]x#[default]
$ T display -p '#D (#F) #I #P #S #T #W' | sed 's/ [^ ]* w/ T w/'
> %0 (*) 0 0 a T w0
$ T display -d abc x
! delay invalid
? 1
$ T display -c nosuch x
$ T display -I
! pane is not empty
? 1
$ T display a b
! command display-message: too many arguments (need at most 1)
? 1
$ T display -N x
~ T display -p '#{R:ab,3}'
> ababab
~ T display -p '#{?a,b,c,d,e}'
> e
~ T display -p '#{||:0,0,1} #{&&:1,1,0}'
> 1 0
$ T display -p '#{=/3/…:window_layout}'
> 419…

