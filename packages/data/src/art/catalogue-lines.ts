/**
 * @file Written by tools/catalogue.ts, not by hand. One emoji a line: name|kind|tags|sets, and where a set has another
 * name for its drawing than ours, that name behind "=". Names and tags: emojibase (MIT).
 */
export const catalogueLines = `
grinning face|face|cheerful,cheery,happy|glossy flat line shaded old classic bright
grinning face with big eyes|face|awesome,happy,mouth|glossy flat line shaded old classic bright
grinning face with smiling eyes|face|happy,laugh,lol|glossy flat line shaded old classic bright
beaming face with smiling eyes|face|grin,grinning,happy|glossy flat line shaded old classic bright retro=grin
grinning squinting face|face|closed,eyes,haha|glossy flat line shaded old classic bright
grinning face with sweat|face|cold,dejected,excited|glossy flat line shaded old classic bright
rolling on the floor laughing|face|crying,face,funny|glossy flat line shaded old classic bright
face with tears of joy|face|crying,feels,funny|glossy flat line shaded old classic bright
slightly smiling face|face|happy,smile|glossy flat line shaded old classic bright
upside-down face|face|hehe,smile|glossy flat line shaded old classic bright
melting face|face|disappear,dissolve,embarrassed|glossy flat line shaded classic
winking face|face|flirt,heartbreaker,sexy|glossy flat line shaded old classic bright
smiling face with smiling eyes|face|blush,glad,satisfied|glossy flat line shaded old classic bright
smiling face with halo|face|angel,angelic,angels|glossy flat line shaded old classic bright retro=halo
smiling face with hearts|face|adore,crush,ily|glossy flat line shaded classic
smiling face with heart-eyes|face|bae,feels,hearts|glossy flat line shaded old classic bright retro=hearteyes
star-struck|face|excited,eyes,face|glossy flat line shaded classic
face blowing a kiss|face|adorbs,bae,flirt|glossy flat line shaded old classic bright
kissing face|face|date,dating,flirt|glossy flat line shaded old classic bright retro=kissing
smiling face|face|happy,outlined,relaxed|glossy flat line shaded old classic bright
kissing face with closed eyes|face|bae,blush,date|glossy flat line shaded old classic bright
kissing face with smiling eyes|face|closed,date,dating|glossy flat line shaded old classic bright
smiling face with tear|face|glad,grateful,happy|glossy flat line shaded classic
face savoring food|face|delicious,eat,full|glossy flat line shaded old classic bright
face with tongue|face|awesome,cool,nice|glossy flat line shaded old classic bright
winking face with tongue|face|crazy,epic,eye|glossy flat line shaded old classic bright
zany face|face|crazy,eye,eyes|glossy flat line shaded classic
squinting face with tongue|face|closed,eye,eyes|glossy flat line shaded old classic bright
money-mouth face|face|paid|glossy flat line shaded old classic bright
zipper-mouth face|face|keep,quiet,secret|glossy flat line shaded old classic bright
face with raised eyebrow|face|disapproval,disbelief,distrust|glossy flat line shaded classic
neutral face|face|awkward,blank,deadpan|glossy flat line shaded old classic bright retro=neutral
expressionless face|face|awkward,dead,fine|glossy flat line shaded old classic bright retro=expressionless
face without mouth|face|awkward,blank,expressionless|glossy flat line shaded old classic bright retro=nomouth
smirking face|face|boss,dapper,flirt|glossy flat line shaded old classic bright retro=smirk
unamused face|face|bored,fine,jealous|glossy flat line shaded old classic bright retro=unamused
face with rolling eyes|face|eyeroll,shade,ugh|glossy flat line shaded old classic bright
grimacing face|face|awk,awkward,dentist|glossy flat line shaded old classic bright retro=grimacing
lying face|face|liar,lie,pinocchio|glossy flat line shaded old classic bright
relieved face|face|calm,peace,relief|glossy flat line shaded old classic bright retro=relieved
pensive face|face|awful,bored,dejected|glossy flat line shaded old classic bright retro=pensive
sleepy face|face|crying,good,night|glossy flat line shaded old classic bright retro=sleepy
drooling face|face||glossy flat line shaded old classic bright
sleeping face|face|bed,bedtime,good|glossy flat line shaded old classic bright retro=sleeping
face with medical mask|face|cold,dentist,dermatologist|glossy flat line shaded old classic bright retro=medicalmask
face with thermometer|face|ill,sick|glossy flat line shaded old classic bright
face with head-bandage|face|hurt,injury,ouch|glossy flat line shaded old classic bright
nauseated face|face|gross,nasty,sick|glossy flat line shaded old classic bright
face vomiting|face|barf,ew,gross|glossy flat line shaded classic
sneezing face|face|fever,flu,gesundheit|glossy flat line shaded old classic bright
hot face|face|dying,feverish,heat|glossy flat line shaded classic
cold face|face|blue,blue-faced,freezing|glossy flat line shaded classic
woozy face|face|dizzy,drunk,eyes|glossy flat line shaded classic
face with crossed-out eyes|face|dead,dizzy,feels|glossy=knocked-out-face flat=knocked-out-face line=knocked-out-face shaded old=dizzy-face classic bright=dizzy-face retro=dizzyface
face with spiral eyes|face|confused,dizzy,hypnotized|glossy flat line shaded classic
exploding head|face|blown,explode,mind|glossy flat line shaded classic
cowboy hat face|face|cowgirl|glossy flat line shaded old classic bright
partying face|face|bday,birthday,celebrate|glossy flat line shaded classic
disguised face|face|eyebrow,glasses,incognito|glossy flat line shaded classic
smiling face with sunglasses|face|awesome,beach,bright|glossy flat line shaded old classic bright retro=sunglasses
nerd face|face|brainy,clever,expert|glossy flat line shaded old classic bright
face with monocle|face|classy,fancy,rich|glossy flat line shaded classic
confused face|face|befuddled,confusing,dunno|glossy flat line shaded old classic bright retro=confused
face with diagonal mouth|face|confused,confusion,disappointed|glossy flat line shaded classic
worried face|face|anxious,butterflies,nerves|glossy flat line shaded old classic bright retro=worried
slightly frowning face|face|sad|glossy flat line shaded old classic bright
frowning face|face|sad|glossy flat line shaded old classic bright
face with open mouth|face|believe,forgot,omg|glossy flat line shaded old classic bright retro=openmouth
hushed face|face|epic,omg,stunned|glossy flat line shaded old classic bright retro=hushed
astonished face|face|cost,no,omg|glossy flat line shaded old classic bright retro=astonished
flushed face|face|amazed,awkward,crazy|glossy flat line shaded old classic bright retro=flushed
pleading face|face|begging,big,eyes|glossy flat line shaded classic
face holding back tears|face|admiration,aww,cry|glossy flat line shaded classic
frowning face with open mouth|face|caught,guard,scared|glossy flat line shaded old classic bright
anguished face|face|forgot,scared,scary|glossy flat line shaded old classic bright
fearful face|face|afraid,anxious,blame|glossy flat line shaded old classic bright retro=fearful
anxious face with sweat|face|blue,cold,eek|glossy flat line shaded old classic bright retro=coldsweat
sad but relieved face|face|anxious,call,close|glossy flat line shaded old classic bright
crying face|face|awful,feels,miss|glossy flat line shaded old classic bright
loudly crying face|face|bawling,sad,sob|glossy flat line shaded old classic bright
face screaming in fear|face|epic,fearful,munch|glossy flat line shaded old classic bright
confounded face|face|annoyed,confused,cringe|glossy flat line shaded old classic bright retro=confounded
persevering face|face|concentrate,concentration,focus|glossy flat line shaded old classic bright
disappointed face|face|awful,blame,dejected|glossy flat line shaded old classic bright retro=disappointed
downcast face with sweat|face|close,cold,feels|glossy flat line shaded old classic bright retro=sweat
weary face|face|crying,fail,feels|glossy flat line shaded old classic bright retro=weary
tired face|face|cost,feels,nap|glossy flat line shaded old classic bright retro=tired
yawning face|face|bedtime,bored,goodnight|glossy flat line shaded classic
face with steam from nose|face|anger,angry,feels|glossy flat line shaded old classic bright retro=triumph
enraged face|face|anger,angry,feels|glossy=pouting-face flat=pouting-face line=pouting-face shaded old=pouting-face classic bright=pouting-face retro=pout
angry face|face|anger,blame,feels|glossy flat line shaded old classic bright retro=angry
smiling face with horns|face|demon,devil,evil|glossy flat line shaded old classic bright
angry face with horns|face|demon,devil,evil|glossy flat line shaded old classic bright retro=imp
skull|face|body,dead,death|glossy flat line shaded old classic bright retro
skull and crossbones|face|dead,death,face|glossy flat line shaded old classic bright
pile of poo|face|bs,comic,doo|glossy flat line shaded old classic bright retro=poo
clown face|face||glossy flat line shaded old classic bright
ogre|face|creature,devil,face|glossy flat line shaded old classic bright retro
goblin|face|angry,creature,face|glossy flat line shaded old classic bright
ghost|face|boo,creature,excited|glossy flat line shaded old classic bright retro
alien|face|creature,extraterrestrial,face|glossy flat line shaded old classic bright retro
alien monster|face|creature,extraterrestrial,face|glossy flat line shaded old classic bright retro=alienmonster
robot|face|face,monster|glossy flat line shaded old classic bright=robot-face
grinning cat|face|animal,face,mouth|glossy flat line shaded old classic bright=grinning-cat-face
grinning cat with smiling eyes|face|animal,face,smile|glossy flat line shaded old classic
cat with tears of joy|face|animal,face,laugh|glossy flat line shaded old classic
smiling cat with heart-eyes|face|animal,face,love|glossy flat line shaded old classic
cat with wry smile|face|animal,face,ironic|glossy flat line shaded old classic
kissing cat|face|animal,closed,eye|glossy flat line shaded old classic bright=kissing-cat-face
weary cat|face|animal,face,oh|glossy flat line shaded old classic bright=weary-cat-face
crying cat|face|animal,face,sad|glossy flat line shaded old classic bright=crying-cat-face
pouting cat|face|animal,face|glossy flat line shaded old classic bright=pouting-cat-face
see-no-evil monkey|face|embarrassed,face,forbidden|glossy flat line shaded old classic bright
hear-no-evil monkey|face|animal,ears,face|glossy flat line shaded old classic bright
speak-no-evil monkey|face|animal,face,forbidden|glossy flat line shaded old classic bright
love letter|heart|heart,mail,romance|glossy flat line shaded old classic bright retro=loveletter
heart with arrow|heart|adorbs,cupid,date|glossy flat line shaded old classic bright
heart with ribbon|heart|anniversary,emotion,ily|glossy flat line shaded old classic bright
sparkling heart|heart|emotion,excited,good|glossy flat line shaded old classic bright retro=sparklingheart
growing heart|heart|emotion,excited,heartpulse|glossy flat line shaded old classic bright retro=growingheart
beating heart|heart|cardio,emotion,heartbeat|glossy flat line shaded old classic bright retro
revolving hearts|heart|adorbs,anniversary,emotion|glossy flat line shaded old classic bright retro=revolvinghearts
two hearts|heart|anniversary,date,dating|glossy flat line shaded old classic bright
heart decoration|heart|emotion,hearth,purple|glossy flat line shaded old classic bright retro=heartdecoration
heart exclamation|heart|heavy,mark,punctuation|glossy flat line shaded old classic bright=heavy-heart-exclamation
broken heart|heart|break,crushed,emotion|glossy flat line shaded old classic bright retro=brokenheart
heart on fire|heart|burn,love,lust|glossy flat line shaded classic
mending heart|heart|healthier,improving,recovering|glossy flat line shaded classic
red heart|heart|emotion,love|glossy flat line shaded old classic bright retro=redheart
pink heart|heart|adorable,cute,emotion|glossy flat line shaded classic
orange heart|heart||glossy flat line shaded classic
yellow heart|heart|cardiac,emotion,ily|glossy flat line shaded old classic bright
green heart|heart|emotion,ily,love|glossy flat line shaded old classic bright
blue heart|heart|emotion,ily,love|glossy flat line shaded old classic bright
light blue heart|heart|cute,cyan,emotion|glossy flat line shaded classic
purple heart|heart|bestest,emotion,ily|glossy flat line shaded old classic bright
brown heart|heart||glossy flat line shaded classic
black heart|heart|evil,wicked|glossy flat line shaded old classic bright
grey heart|heart|emotion,gray,ily|glossy flat line shaded classic
white heart|heart||glossy flat line shaded classic
baby angel|person|church,face,fairy|glossy flat line shaded old classic bright retro=babyangel
santa claus|person|celebration,christmas,fairy|glossy flat line shaded old classic bright
superhero|person|good,superpower|glossy=person-superhero flat=person-superhero line=person-superhero shaded classic
supervillain|person|bad,criminal,evil|glossy=person-supervillain flat=person-supervillain line=person-supervillain shaded classic
mage|person|fantasy,magic,play|glossy=person-mage flat=person-mage line=person-mage shaded classic
fairy|person|fairytale,fantasy,myth|glossy=person-fairy flat=person-fairy line=person-fairy shaded classic
vampire|person|blood,dracula,fangs|glossy=person-vampire flat=person-vampire line=person-vampire shaded classic
merperson|person|creature,fairytale,folklore|glossy=person-merpeople flat=person-merpeople line=person-merpeople shaded classic
elf|person|elves,enchantment,fantasy|glossy=person-elf flat=person-elf line=person-elf shaded classic
genie|person|djinn,fantasy,jinn|glossy=person-genie flat=person-genie line=person-genie shaded classic
zombie|person|apocalypse,dead,halloween|glossy=person-zombie flat=person-zombie line=person-zombie shaded classic
troll|person|fairy,fantasy,monster|glossy flat line shaded classic
monkey face|animal|animal,banana|glossy flat line shaded old classic bright retro=monkeyface
monkey|animal|animal,banana|glossy flat line shaded old classic bright retro
gorilla|animal|animal|glossy flat line shaded old classic bright
orangutan|animal|animal,ape,monkey|glossy flat line shaded classic
dog face|animal|adorbs,animal,pet|glossy flat line shaded old classic bright retro=dog
dog|animal|animal,animals,dogs|glossy flat line shaded old classic bright retro
guide dog|animal|accessibility,animal,blind|glossy flat line shaded classic
service dog|animal|accessibility,animal,assistance|glossy flat line shaded classic
poodle|animal|animal,dog,fluffy|glossy flat line shaded old classic bright retro
wolf|animal|animal,face|glossy flat line shaded old classic bright retro=wolfface
fox|animal|animal,face|glossy flat line shaded old classic bright
raccoon|animal|animal,curious,sly|glossy flat line shaded classic
cat face|animal|animal,kitten,kitty|glossy flat line shaded old classic bright retro=cat
cat|animal|animal,animals,cats|glossy flat line shaded old classic bright retro
black cat|animal|animal,feline,halloween|glossy flat line shaded classic
lion|animal|alpha,animal,face|glossy flat line shaded old classic bright=lion-face
tiger face|animal|animal,big,cat|glossy flat line shaded old classic bright retro=tiger
tiger|animal|animal,big,cat|glossy flat line shaded old classic bright retro
leopard|animal|animal,big,cat|glossy flat line shaded old classic bright
horse face|animal|animal,dressage,equine|glossy flat line shaded old classic bright retro=horseface
moose|animal|alces,animal,antlers|glossy flat line shaded classic
donkey|animal|animal,ass,burro|glossy flat line shaded classic
horse|animal|animal,equestrian,farm|glossy flat line shaded old classic bright retro
unicorn|animal|face|glossy flat line shaded old classic bright=unicorn-face
zebra|animal|animal,stripe|glossy flat line shaded classic
deer|animal|animal|glossy flat line shaded old classic bright
bison|animal|animal,buffalo,herd|glossy flat line shaded classic
cow face|animal|animal,farm,milk|glossy flat line shaded old classic bright retro=cowface
ox|animal|animal,animals,bull|glossy flat line shaded old classic bright retro
water buffalo|animal|animal,zoo|glossy flat line shaded old classic bright retro=waterbuffalo
cow|animal|animal,animals,farm|glossy flat line shaded old classic bright retro
pig face|animal|animal,bacon,farm|glossy flat line shaded old classic bright retro=pig
pig|animal|animal,bacon,farm|glossy flat line shaded old classic bright retro
boar|animal|animal,pig|glossy flat line shaded old classic bright retro
pig nose|animal|animal,face,farm|glossy flat line shaded old classic bright
ram|animal|animal,aries,horns|glossy flat line shaded old classic bright retro
ewe|animal|animal,baa,farm|glossy flat line shaded old classic bright retro=sheep
goat|animal|animal,capricorn,farm|glossy flat line shaded old classic bright retro
camel|animal|animal,desert,dromedary|glossy flat line shaded old classic bright retro=dromedarycamel
two-hump camel|animal|animal,bactrian,desert|glossy flat line shaded old classic bright
llama|animal|alpaca,animal,guanaco|glossy flat line shaded classic
giraffe|animal|animal,spots|glossy flat line shaded classic
elephant|animal|animal|glossy flat line shaded old classic bright retro
mammoth|animal|animal,extinction,large|glossy flat line shaded classic
rhinoceros|animal|animal|glossy flat line shaded old classic bright
hippopotamus|animal|animal|glossy flat line shaded classic
mouse face|animal|animal|glossy flat line shaded old classic bright retro=mouse
mouse|animal|animal,animals|glossy flat line shaded old classic bright retro
rat|animal|animal|glossy flat line shaded old classic bright retro
hamster|animal|animal,face,pet|glossy flat line shaded old classic bright=hamster-face
rabbit face|animal|animal,bunny,pet|glossy flat line shaded old classic bright
rabbit|animal|animal,bunny,pet|glossy flat line shaded old classic bright
chipmunk|animal|animal,squirrel|glossy flat line shaded old classic bright retro
beaver|animal|animal,dam,teeth|glossy flat line shaded classic
hedgehog|animal|animal,spiny|glossy flat line shaded classic
bat|animal|animal,vampire|glossy flat line shaded old classic bright
bear|animal|animal,face,grizzly|glossy flat line shaded old classic bright=bear-face retro
polar bear|animal|animal,arctic,white|glossy flat line shaded classic
koala|animal|animal,australia,bear|glossy flat line shaded old classic bright retro
panda|animal|animal,bamboo,face|glossy flat line shaded old classic bright=panda-face retro=pandaface
sloth|animal|lazy,slow|glossy flat line shaded classic
otter|animal|animal,fishing,playful|glossy flat line shaded classic
skunk|animal|animal,stink|glossy flat line shaded classic
kangaroo|animal|animal,joey,jump|glossy flat line shaded classic
badger|animal|animal,honey,pester|glossy flat line shaded classic
turkey|animal|bird,gobble,thanksgiving|glossy flat line shaded old classic bright
chicken|animal|animal,bird,ornithology|glossy flat line shaded old classic bright retro
rooster|animal|animal,bird,ornithology|glossy flat line shaded old classic bright retro
hatching chick|animal|animal,baby,bird|glossy flat line shaded old classic bright retro=hatchingchick
baby chick|animal|animal,bird,ornithology|glossy flat line shaded old classic bright retro=babychick
front-facing baby chick|animal|animal,bird,newborn|glossy flat line shaded old classic bright
bird|animal|animal,ornithology|glossy flat line shaded old classic bright retro
penguin|animal|animal,antarctica,bird|glossy flat line shaded old classic bright retro
dove|animal|bird,fly,ornithology|glossy flat line shaded old classic bright retro=doveofpeace
eagle|animal|animal,bird,ornithology|glossy flat line shaded old classic bright
duck|animal|animal,bird,ornithology|glossy flat line shaded old classic bright
swan|animal|animal,bird,cygnet|glossy flat line shaded classic
owl|animal|animal,bird,ornithology|glossy flat line shaded old classic bright
dodo|animal|animal,bird,extinction|glossy flat line shaded classic
flamingo|animal|animal,bird,flamboyant|glossy flat line shaded classic
peacock|animal|animal,bird,colorful|glossy flat line shaded classic
parrot|animal|animal,bird,ornithology|glossy flat line shaded classic
wing|animal|angelic,ascend,aviation|glossy flat line shaded classic
black bird|animal|animal,beak,caw|glossy=blackbird flat=blackbird line=blackbird shaded classic
goose|animal|animal,bird,duck|glossy flat line shaded classic
frog|animal|animal,face|glossy flat line shaded old classic bright=frog-face retro
crocodile|animal|animal,zoo|glossy flat line shaded old classic bright retro
turtle|animal|animal,terrapin,tortoise|glossy flat line shaded old classic bright retro
lizard|animal|animal,reptile|glossy flat line shaded old classic bright
snake|animal|animal,bearer,ophiuchus|glossy flat line shaded old classic bright retro
dragon face|animal|animal,fairy,fairytale|glossy flat line shaded old classic bright
dragon|animal|animal,fairy,fairytale|glossy flat line shaded old classic bright
sauropod|animal|brachiosaurus,brontosaurus,dinosaur|glossy flat line shaded classic
t-rex|animal|dinosaur,tyrannosaurus|glossy flat line shaded classic
spouting whale|animal|animal,beach,face|glossy flat line shaded old classic bright retro=whale
whale|animal|animal,beach,ocean|glossy flat line shaded old classic bright retro
dolphin|animal|animal,beach,flipper|glossy flat line shaded old classic bright retro
seal|animal|animal,lion,ocean|glossy flat line shaded classic
fish|animal|animal,dinner,fishes|glossy flat line shaded old classic bright retro
tropical fish|animal|animal,fishes|glossy flat line shaded old classic bright retro=tropicalfish
blowfish|animal|animal|glossy flat line shaded old classic bright retro
shark|animal|animal,fish|glossy flat line shaded old classic bright
octopus|animal|animal,creature,ocean|glossy flat line shaded old classic bright retro
spiral shell|animal|animal,beach,conch|glossy flat line shaded old classic bright retro=spiralshell
coral|animal|change,climate,ocean|glossy flat line shaded classic
jellyfish|animal|animal,aquarium,burn|glossy flat line shaded classic
crab|animal|cancer,zodiac|glossy flat line shaded old classic bright
lobster|animal|animal,bisque,claws|glossy flat line shaded classic
shrimp|animal|food,shellfish,small|glossy flat line shaded old classic bright
squid|animal|animal,food,mollusk|glossy flat line shaded old classic bright
oyster|animal|diving,pearl|glossy flat line shaded classic
snail|animal|animal,escargot,garden|glossy flat line shaded old classic bright retro
butterfly|animal|insect,pretty|glossy flat line shaded old classic bright
bug|animal|animal,garden,insect|glossy flat line shaded old classic bright retro
ant|animal|animal,garden,insect|glossy flat line shaded old classic bright retro
honeybee|animal|animal,bumblebee,insect|glossy flat line shaded old classic bright retro
beetle|animal|animal,bug,insect|glossy flat line shaded classic
lady beetle|animal|animal,garden,insect|glossy flat line shaded old classic bright retro=ladybeetle
cricket|animal|animal,bug,grasshopper|glossy flat line shaded old=cricket-game classic bright=cricket-game
cockroach|animal|animal,insect,pest|glossy flat line shaded classic
spider|animal|animal,insect|glossy flat line shaded old classic bright retro
spider web|animal||glossy flat line shaded old classic bright retro=spiderweb
scorpion|animal|scorpius,zodiac|glossy flat line shaded old classic bright
mosquito|animal|bite,disease,fever|glossy flat line shaded classic
fly|animal|animal,disease,insect|glossy flat line shaded classic
worm|animal|animal,annelid,earthworm|glossy flat line shaded classic
microbe|animal|amoeba,bacteria,science|glossy flat line shaded classic
bouquet|plant|anniversary,birthday,date|glossy flat line shaded old classic bright retro
cherry blossom|plant|flower,plant,spring|glossy flat line shaded old classic bright retro=cherryblossom
white flower|plant||glossy flat line shaded old classic bright retro=whiteflower
lotus|plant|beauty,buddhism,calm|glossy flat line shaded classic
rosette|plant|plant|glossy flat line shaded old classic bright retro
rose|plant|beauty,elegant,flower|glossy flat line shaded old classic bright retro
wilted flower|plant|dying|glossy flat line shaded old classic bright
hibiscus|plant|flower,plant|glossy flat line shaded old classic bright retro
sunflower|plant|outdoors,plant|glossy flat line shaded old classic bright retro
blossom|plant|buttercup,dandelion,flower|glossy flat line shaded old classic bright retro
tulip|plant|blossom,flower,growth|glossy flat line shaded old classic bright retro
hyacinth|plant|bloom,bluebonnet,flower|glossy flat line shaded classic
seedling|plant|plant,sapling,sprout|glossy flat line shaded old classic bright retro
potted plant|plant|decor,grow,house|glossy flat line shaded classic
evergreen tree|plant|christmas,forest,pine|glossy flat line shaded old classic bright
deciduous tree|plant|forest,green,habitat|glossy flat line shaded old classic bright retro=deciduoustree
palm tree|plant|beach,plant,tropical|glossy flat line shaded old classic bright retro=palmtree
cactus|plant|desert,drought,nature|glossy flat line shaded old classic bright retro
sheaf of rice|plant|ear,grain,grains|glossy flat line shaded old classic bright retro=earofrice
herb|plant|leaf,plant|glossy flat line shaded old classic bright retro
shamrock|plant|irish,plant|glossy flat line shaded old classic bright
four leaf clover|plant|four-leaf,irish,lucky|glossy flat line shaded old classic bright retro=fourleafclover
maple leaf|plant|falling|glossy flat line shaded old classic bright retro=mapleleaf
fallen leaf|plant|autumn,falling|glossy flat line shaded old classic bright
leaf fluttering in wind|plant|blow|glossy flat line shaded old classic bright
empty nest|plant|branch,home,nesting|glossy flat line shaded classic
nest with eggs|plant|bird,branch,nesting|glossy flat line shaded classic
mushroom|plant|fungus,toadstool|glossy flat line shaded old classic bright retro
grapes|food|dionysus,fruit|glossy flat line shaded old classic bright retro
melon|food|cantaloupe,fruit|glossy flat line shaded old classic bright retro
watermelon|food|fruit|glossy flat line shaded old classic bright retro
tangerine|food|c,citrus,fruit|glossy flat line shaded old classic bright retro
lemon|food|citrus,fruit,sour|glossy flat line shaded old classic bright retro
lime|food|acidity,citrus,cocktail|glossy flat line shaded classic
banana|food|fruit,potassium|glossy flat line shaded old classic bright retro
pineapple|food|colada,fruit,pina|glossy flat line shaded old classic bright retro
mango|food|food,fruit,tropical|glossy flat line shaded classic
red apple|food|diet,food,fruit|glossy flat line shaded old classic bright retro=redapple
green apple|food|fruit|glossy flat line shaded old classic bright retro=greenapple
pear|food|fruit|glossy flat line shaded old classic bright retro
peach|food|fruit|glossy flat line shaded old classic bright retro
cherries|food|berries,cherry,fruit|glossy flat line shaded old classic bright retro
strawberry|food|fruit|glossy flat line shaded old classic bright retro
blueberries|food|berry,bilberry,blueberry|glossy flat line shaded classic
kiwi fruit|food|food|glossy flat line shaded old classic bright
tomato|food|food,fruit,vegetable|glossy flat line shaded old classic bright retro
olive|food|food|glossy flat line shaded classic
coconut|food|colada,palm|glossy flat line shaded classic
avocado|food|food,fruit|glossy flat line shaded old classic bright
eggplant|food|aubergine,vegetable|glossy flat line shaded old classic bright
potato|food|food,vegetable|glossy flat line shaded old classic bright
carrot|food|food,vegetable|glossy flat line shaded old classic bright
ear of corn|food|crops,farm,maize|glossy flat line shaded old classic bright
hot pepper|food||glossy flat line shaded old classic bright
bell pepper|food|capsicum,food,vegetable|glossy flat line shaded classic
cucumber|food|food,pickle,vegetable|glossy flat line shaded old classic bright
leafy green|food|bok,burgers,cabbage|glossy flat line shaded classic
broccoli|food|cabbage,wild|glossy flat line shaded classic
garlic|food|flavoring|glossy flat line shaded classic
onion|food|flavoring|glossy flat line shaded classic
peanuts|food|food,vegetable|glossy flat line shaded old classic bright
beans|food|food,kidney,legume|glossy flat line shaded classic
chestnut|food|almond,plant|glossy flat line shaded old classic bright
ginger root|food|beer,health,herb|glossy flat line shaded classic
pea pod|food|beans,beanstalk,edamame|glossy flat line shaded classic
bread|food|carbs,food,grain|glossy flat line shaded old classic bright retro
croissant|food|bread,breakfast,crescent|glossy flat line shaded old classic bright
baguette bread|food|food,french|glossy flat line shaded old classic bright
flatbread|food|arepa,food,gordita|glossy flat line shaded classic
pretzel|food|convoluted,twisted|glossy flat line shaded classic
bagel|food|bakery,bread,breakfast|glossy flat line shaded classic
pancakes|food|breakfast,food,hotcake|glossy flat line shaded old classic bright
waffle|food|breakfast,indecisive,iron|glossy flat line shaded classic
cheese wedge|food||glossy flat line shaded old classic bright
meat on bone|food||glossy flat line shaded old classic bright retro=meatonbone
poultry leg|food|bone,chicken,drumstick|glossy flat line shaded old classic bright retro=poultryleg
cut of meat|food|chop,lambchop,porkchop|glossy flat line shaded classic
bacon|food|breakfast,food,meat|glossy flat line shaded old classic bright
hamburger|food|eat,fast,food|glossy flat line shaded old classic bright retro
french fries|food|fast,food|glossy flat line shaded old classic bright retro=frenchfries
pizza|food|cheese,food,hungry|glossy flat line shaded old classic bright
hot dog|food|frankfurter,hotdog,sausage|glossy flat line shaded old classic bright
sandwich|food|bread|glossy flat line shaded classic
taco|food|mexican|glossy flat line shaded old classic bright
burrito|food|mexican,wrap|glossy flat line shaded old classic bright
tamale|food|food,mexican,pamonha|glossy flat line shaded classic
stuffed flatbread|food|falafel,food,gyro|glossy flat line shaded old classic bright
falafel|food|chickpea,meatball|glossy flat line shaded classic
egg|food|breakfast,food|glossy flat line shaded old classic bright
cooking|food|breakfast,easy,egg|glossy flat line shaded old classic bright retro
shallow pan of food|food|casserole,paella|glossy flat line shaded old classic bright
pot of food|food|soup,stew|glossy flat line shaded old classic bright retro=potoffood
fondue|food|cheese,chocolate,food|glossy flat line shaded classic
bowl with spoon|food|breakfast,cereal,congee|glossy flat line shaded classic
green salad|food|food|glossy flat line shaded old classic bright
popcorn|food|movie|glossy flat line shaded old classic bright
butter|food|dairy|glossy flat line shaded classic
salt|food|condiment,flavor,mad|glossy flat line shaded classic
canned food|food||glossy flat line shaded classic
bento box|food|food|glossy flat line shaded old classic bright retro=bentobox
rice cracker|food|food|glossy flat line shaded old classic bright retro=ricecracker
rice ball|food|food,japanese|glossy flat line shaded old classic bright retro=riceball
cooked rice|food|food|glossy flat line shaded old classic bright retro=cookedrice
curry rice|food|food|glossy flat line shaded old classic bright
steaming bowl|food|chopsticks,food,noodle|glossy flat line shaded old classic bright retro=steamingbowl
spaghetti|food|food,meatballs,pasta|glossy flat line shaded old classic bright retro
roasted sweet potato|food|food|glossy flat line shaded old classic bright retro=roastedsweetpotato
oden|food|food,kebab,restaurant|glossy flat line shaded old classic bright retro
sushi|food|food|glossy flat line shaded old classic bright retro
fried shrimp|food|prawn,tempura|glossy flat line shaded old classic bright retro=friedshrimp
fish cake with swirl|food|food,pastry,restaurant|glossy flat line shaded old classic bright
moon cake|food|autumn,festival|glossy flat line shaded classic
dango|food|dessert,japanese,skewer|glossy flat line shaded old classic bright retro
dumpling|food|empanada,jiaozi,pierogi|glossy flat line shaded classic
fortune cookie|food|prophecy|glossy flat line shaded classic
takeout box|food|chopsticks,delivery,food|glossy flat line shaded classic
soft ice cream|food|dessert,food,icecream|glossy flat line shaded old classic bright retro=softicecream
shaved ice|food|dessert,restaurant,sweet|glossy flat line shaded old classic bright retro=shavedice
ice cream|food|dessert,food,restaurant|glossy flat line shaded old classic bright retro=icecream
doughnut|food|breakfast,dessert,donut|glossy flat line shaded old classic bright retro
cookie|food|chip,chocolate,dessert|glossy flat line shaded old classic bright retro
birthday cake|food|bday,celebration,dessert|glossy flat line shaded old classic bright retro=birthdaycake
shortcake|food|dessert,pastry,slice|glossy flat line shaded old classic bright retro
cupcake|food|bakery,dessert,sprinkles|glossy flat line shaded classic
pie|food|apple,filling,fruit|glossy flat line shaded classic
chocolate bar|food|candy,dessert,halloween|glossy flat line shaded old classic bright retro=chocolatebar
candy|food|cavities,dessert,halloween|glossy flat line shaded old classic bright retro
lollipop|food|candy,dessert,food|glossy flat line shaded old classic bright retro
custard|food|dessert,pudding,sweet|glossy flat line shaded old classic bright retro
honey pot|food|barrel,bear,food|glossy flat line shaded old classic bright retro=honeypot
baby bottle|food|babies,birth,born|glossy flat line shaded old classic bright retro=babybottle
glass of milk|food|drink|glossy flat line shaded old classic bright
hot beverage|food|cafe,caffeine,chai|glossy flat line shaded old classic bright retro=hotbeverage
teapot|food|brew,drink,food|glossy flat line shaded classic
teacup without handle|food|beverage,drink,oolong|glossy flat line shaded old classic bright retro=teacupwithouthandle
sake|food|bar,beverage,bottle|glossy flat line shaded old classic bright
bottle with popping cork|food|bar,drink|glossy flat line shaded old classic bright
wine glass|food|alcohol,bar,beverage|glossy flat line shaded old classic bright retro=wineglass
cocktail glass|food|alcohol,bar,booze|glossy flat line shaded old classic bright retro=cocktailglass
tropical drink|food|alcohol,bar,booze|glossy flat line shaded old classic bright retro=tropicaldrink
beer mug|food|alcohol,ale,bar|glossy flat line shaded old classic bright retro=beermug
clinking beer mugs|food|alcohol,bar,booze|glossy flat line shaded old classic bright retro=clinkingbeermugs
clinking glasses|food|celebrate,drink|glossy flat line shaded old classic bright
tumbler glass|food|liquor,scotch,shot|glossy flat line shaded old classic bright
pouring liquid|food|accident,drink,empty|glossy flat line shaded classic
cup with straw|food|drink,juice,malt|glossy flat line shaded classic
bubble tea|food|boba,food,milk|glossy flat line shaded classic
beverage box|food|juice,straw,sweet|glossy flat line shaded classic
mate|food|drink|glossy flat line shaded classic
ice|food|cold,cube,iceberg|glossy flat line shaded classic
chopsticks|object|hashi,jeotgarak,kuaizi|glossy flat line shaded classic
fork and knife with plate|object|cooking,dinner,eat|glossy flat line shaded old classic bright
fork and knife|object|breakfast,breaky,cooking|glossy flat line shaded old classic bright retro=forkandknife
spoon|object|eat,tableware|glossy flat line shaded old classic bright
jar|object|condiment,container,empty|glossy flat line shaded classic
amphora|object|aquarius,cooking,drink|glossy flat line shaded old classic bright
snow-capped mountain|place|cold|glossy flat line shaded old classic bright
mountain|place||glossy flat line shaded old classic bright
volcano|place|eruption,mountain,nature|glossy flat line shaded old classic bright retro
mount fuji|place|mountain,nature|glossy flat line shaded old classic bright retro=mountfuji
camping|place||glossy flat line shaded old classic bright retro
beach with umbrella|place||glossy flat line shaded old classic bright retro=beachumbrella
desert|place||glossy flat line shaded old classic bright retro
desert island|place||glossy flat line shaded old classic bright retro=desertisland
stadium|place||glossy flat line shaded old classic bright retro
classical building|place||glossy flat line shaded old classic bright retro=classicalbuilding
brick|place|bricks,clay,mortar|glossy flat line shaded classic
rock|place|boulder,heavy,solid|glossy flat line shaded classic
wood|place|log,lumber,timber|glossy flat line shaded classic
hut|place|home,house,roundhouse|glossy flat line shaded classic
houses|place||glossy flat line shaded old classic bright retro=housebuildings
house|place|building,country,heart|glossy flat line shaded old classic bright
house with garden|place|building,country,heart|glossy flat line shaded old classic bright retro=housewithgarden
office building|place|city,cubical,job|glossy flat line shaded old classic bright retro=officebuilding
japanese post office|place|building|glossy flat line shaded old classic bright retro=japanesepostoffice
post office|place|building,european|glossy flat line shaded old classic bright retro=europeanpostoffice
hospital|place|building,doctor,medicine|glossy flat line shaded old classic bright retro
bank|place|building|glossy flat line shaded old classic bright retro
hotel|place|building|glossy flat line shaded old classic bright retro
love hotel|place|building|glossy flat line shaded old classic bright retro=lovehotel
convenience store|place|building,hours|glossy flat line shaded old classic bright retro=conveniencestore
school|place|building|glossy flat line shaded old classic bright retro
department store|place|building|glossy flat line shaded old classic bright retro=departmentstore
factory|place|building|glossy flat line shaded old classic bright retro
japanese castle|place|building|glossy flat line shaded old classic bright retro=japanesecastle
castle|place|building,european|glossy flat line shaded old classic bright retro=europeancastle
wedding|place|chapel,hitched,nuptials|glossy flat line shaded old classic bright retro
tokyo tower|place||glossy flat line shaded old classic bright
statue of liberty|place|new,ny,nyc|glossy flat line shaded old classic bright retro=statueofliberty
church|place|bless,chapel,christian|glossy flat line shaded old classic bright retro
mosque|place|islam,masjid,muslim|glossy flat line shaded old classic bright
hindu temple|place||glossy flat line shaded classic
synagogue|place|jew,jewish,judaism|glossy flat line shaded old classic bright
shinto shrine|place|religion|glossy flat line shaded old classic bright
fountain|place||glossy flat line shaded old classic bright retro
tent|place|camping|glossy flat line shaded old classic bright retro
night with stars|place||glossy flat line shaded old classic bright retro=nightwithstars
cityscape|place||glossy flat line shaded old classic bright retro
sunrise over mountains|place|morning|glossy flat line shaded old classic bright retro=sunriseovermountains
sunrise|place|morning,nature|glossy flat line shaded old classic bright retro
cityscape at dusk|place|building,evening,landscape|glossy flat line shaded old classic bright retro=cityscapeatdusk
sunset|place|building,dusk|glossy flat line shaded old classic bright
bridge at night|place||glossy flat line shaded old classic bright retro=bridgeatnight
hot springs|place|hotsprings,steaming|glossy flat line shaded old classic bright retro=hotsprings
carousel horse|place|entertainment|glossy flat line shaded old classic bright retro=carouselhorse
playground slide|place|amusement,park,playing|glossy flat line shaded classic
ferris wheel|place|amusement,park,theme|glossy flat line shaded old classic bright retro=ferriswheel
roller coaster|place|amusement,park,theme|glossy flat line shaded old classic bright retro=rollercoaster
barber pole|place|cut,fresh,haircut|glossy flat line shaded old classic bright retro=barberpole
circus tent|place||glossy flat line shaded old classic bright retro=circustent
locomotive|vehicle|caboose,engine,railway|glossy flat line shaded old classic bright retro=steamlocomotive
railway car|vehicle|electric,train,tram|glossy flat line shaded old classic bright retro=railwaycar
high-speed train|vehicle|railway,shinkansen|glossy flat line shaded old classic bright retro=highspeedtrain
bullet train|vehicle|high-speed,nose,railway|glossy flat line shaded old classic bright
train|vehicle|arrived,choo,railway|glossy flat line shaded old classic bright retro
metro|vehicle|subway,travel|glossy flat line shaded old classic bright retro
light rail|vehicle|arrived,monorail,railway|glossy flat line shaded old classic bright retro=lightrail
station|vehicle|railway,train|glossy flat line shaded old classic bright retro
tram|vehicle|trolleybus|glossy flat line shaded old classic bright retro
monorail|vehicle|vehicle|glossy flat line shaded old classic bright retro
mountain railway|vehicle|car,trip|glossy flat line shaded old classic bright retro=mountainrailway
tram car|vehicle|bus,trolley,trolleybus|glossy flat line shaded old classic bright retro=tramcar
bus|vehicle|school,vehicle|glossy flat line shaded old classic bright retro
oncoming bus|vehicle|cars|glossy flat line shaded old classic bright retro=oncomingbus
trolleybus|vehicle|tram|glossy flat line shaded old classic bright retro
minibus|vehicle|drive,van,vehicle|glossy flat line shaded old classic bright retro
ambulance|vehicle|emergency,vehicle|glossy flat line shaded old classic bright retro
fire engine|vehicle|truck|glossy flat line shaded old classic bright retro=fireengine
police car|vehicle|cops,patrol|glossy flat line shaded old classic bright retro=policecar
oncoming police car|vehicle||glossy flat line shaded old classic bright retro=oncomingpolicecar
taxi|vehicle|cab,cabbie,car|glossy flat line shaded old classic bright retro
oncoming taxi|vehicle|cab,cabbie,cars|glossy flat line shaded old classic bright retro=oncomingtaxi
automobile|vehicle|car,driving,vehicle|glossy flat line shaded old classic bright retro
oncoming automobile|vehicle|car,cars,drove|glossy flat line shaded old classic bright retro=oncomingautomobile
sport utility vehicle|vehicle|car,drive,recreational|glossy flat line shaded old classic bright
pickup truck|vehicle|automobile,car,flatbed|glossy flat line shaded classic
delivery truck|vehicle|car,drive,vehicle|glossy flat line shaded old classic bright retro=deliverytruck
articulated lorry|vehicle|car,drive,move|glossy flat line shaded old classic bright retro=articulatedlorry
tractor|vehicle|vehicle|glossy flat line shaded old classic bright retro
racing car|vehicle|zoom|glossy flat line shaded old classic bright retro=racecar
motorcycle|vehicle|racing|glossy flat line shaded old classic bright retro
motor scooter|vehicle||glossy flat line shaded old classic bright
manual wheelchair|vehicle|accessibility|glossy flat line shaded classic
motorized wheelchair|vehicle|accessibility|glossy flat line shaded classic
auto rickshaw|vehicle|tuk|glossy flat line shaded classic
bicycle|vehicle|bike,class,cycling|glossy flat line shaded old classic bright retro
kick scooter|vehicle||glossy flat line shaded old classic bright
skateboard|vehicle|skater,wheels|glossy flat line shaded classic
roller skate|vehicle|blades,skates,sport|glossy flat line shaded classic
oil drum|vehicle||glossy flat line shaded old classic bright
vertical traffic light|vehicle|drove,intersection,signal|glossy flat line shaded old classic bright retro=verticaltrafficlight
stop sign|vehicle|octagonal|glossy flat line shaded old classic bright
construction|vehicle|barrier|glossy flat line shaded old classic bright retro
anchor|vehicle|ship,tool|glossy flat line shaded old classic bright retro
ring buoy|vehicle|float,life,lifesaver|glossy flat line shaded classic
sailboat|vehicle|resort,sailing,sea|glossy flat line shaded old classic bright retro
canoe|vehicle|boat|glossy flat line shaded old classic bright
speedboat|vehicle|billionaire,lake,luxury|glossy flat line shaded old classic bright retro
passenger ship|vehicle||glossy flat line shaded old classic bright
ferry|vehicle|boat,passenger|glossy flat line shaded old classic bright
motor boat|vehicle|motorboat|glossy flat line shaded old classic bright
ship|vehicle|boat,passenger,travel|glossy flat line shaded old classic bright retro
airplane|vehicle|aeroplane,fly,flying|glossy flat line shaded old classic bright retro
small airplane|vehicle|aeroplane|glossy flat line shaded old classic bright
airplane departure|vehicle|aeroplane,check-in,departures|glossy flat line shaded old classic bright
airplane arrival|vehicle|aeroplane,arrivals,arriving|glossy flat line shaded old classic bright
parachute|vehicle|hang-glide,parasail,skydive|glossy flat line shaded classic
seat|vehicle|chair|glossy flat line shaded old classic bright retro
helicopter|vehicle|roflcopter,travel,vehicle|glossy flat line shaded old classic bright retro
suspension railway|vehicle||glossy flat line shaded old classic bright retro=suspensionrailway
mountain cableway|vehicle|gondola,lift,ski|glossy flat line shaded old classic bright retro=mountaincableway
aerial tramway|vehicle|cable,car,gondola|glossy flat line shaded old classic bright retro=aerialtramway
satellite|vehicle|space|glossy flat line shaded old classic bright
rocket|vehicle|launch,rockets,space|glossy flat line shaded old classic bright retro
flying saucer|vehicle|aliens,extra,terrestrial|glossy flat line shaded classic
hourglass done|object|sand,time,timer|glossy flat line shaded old classic bright retro=hourglass
hourglass not done|object|flowing,hours,sand|glossy flat line shaded old classic bright retro=hourglassflowingsand
watch|object|clock,time|glossy flat line shaded old classic bright retro
alarm clock|object|hours,hrs,late|glossy flat line shaded old classic bright retro=alarmclock
stopwatch|object|clock,time|glossy flat line shaded old classic bright
timer clock|object||glossy flat line shaded old classic bright
mantelpiece clock|object|time|glossy flat line shaded old classic bright
twelve oclock|object|time|glossy flat line shaded old classic bright
twelve-thirty|object|clock,time|glossy flat line shaded old classic bright
one oclock|object|time|glossy flat line shaded old classic bright
one-thirty|object|clock,time|glossy flat line shaded old classic bright
two oclock|object|time|glossy flat line shaded old classic bright
two-thirty|object|clock,time|glossy flat line shaded old classic bright
three oclock|object|time|glossy flat line shaded old classic bright
three-thirty|object|clock,time|glossy flat line shaded old classic bright
four oclock|object|time|glossy flat line shaded old classic bright
four-thirty|object|clock,time|glossy flat line shaded old classic bright
five oclock|object|time|glossy flat line shaded old classic bright
five-thirty|object|clock,time|glossy flat line shaded old classic bright
six oclock|object|time|glossy flat line shaded old classic bright
six-thirty|object|clock|glossy flat line shaded old classic bright
seven oclock|object||glossy flat line shaded old classic bright
seven-thirty|object|clock|glossy flat line shaded old classic bright
eight oclock|object|time|glossy flat line shaded old classic bright
eight-thirty|object|clock,time|glossy flat line shaded old classic bright
nine oclock|object|time|glossy flat line shaded old classic bright
nine-thirty|object|clock,time|glossy flat line shaded old classic bright
ten oclock|object||glossy flat line shaded old classic bright
ten-thirty|object|clock,time|glossy flat line shaded old classic bright
eleven oclock|object|time|glossy flat line shaded old classic bright
eleven-thirty|object|clock,time|glossy flat line shaded old classic bright
new moon|sky|dark,space|glossy flat line shaded old classic bright retro=newmoon
waxing crescent moon|sky|dreams,space|glossy flat line shaded old classic bright retro=waxingcrescentmoon
first quarter moon|sky|space|glossy flat line shaded old classic bright retro=firstquartermoon
waxing gibbous moon|sky|space|glossy flat line shaded old classic bright retro=waxinggibbousmoon
full moon|sky|space|glossy flat line shaded old classic bright retro=fullmoon
waning gibbous moon|sky|space|glossy flat line shaded old classic bright
last quarter moon|sky|space|glossy flat line shaded old classic bright retro=lastquartermoon
waning crescent moon|sky|space|glossy flat line shaded old classic bright retro=waningcrescentmoon
crescent moon|sky|ramadan,space|glossy flat line shaded old classic bright retro=crescentmoon
new moon face|sky|space|glossy flat line shaded old classic bright retro=newmoonwithface
first quarter moon face|sky|space|glossy flat line shaded old classic bright retro=firstquartermoonface
last quarter moon face|sky|dreams|glossy flat line shaded old classic bright retro=lastquartermoonface
thermometer|sky|weather|glossy flat line shaded old classic bright retro
sun|sky|bright,rays,space|glossy flat line shaded old classic bright
full moon face|sky|bright|glossy flat line shaded old classic bright retro=fullmoonwithface
sun with face|sky|beach,bright,day|glossy flat line shaded old classic bright retro=sunwithface
ringed planet|sky|saturn,saturnine|glossy flat line shaded classic
star|sky|astronomy,medium,stars|glossy flat line shaded old classic bright retro
glowing star|sky|glittery,night,shining|glossy flat line shaded old classic bright
shooting star|sky|falling,night,space|glossy flat line shaded old classic bright retro=shootingstar
milky way|sky|space|glossy flat line shaded old classic bright retro=milkyway
cloud|sky|weather|glossy flat line shaded old classic bright retro
sun behind cloud|sky|cloudy,weather|glossy flat line shaded old classic bright retro=sunbehindcloud
cloud with lightning and rain|sky|thunder,thunderstorm|glossy flat line shaded old classic bright
sun behind small cloud|sky|weather|glossy flat line shaded old classic bright retro=whitesunsmallcloud
sun behind large cloud|sky|weather|glossy flat line shaded old classic bright retro=sunbehindcloud
sun behind rain cloud|sky|weather|glossy flat line shaded old classic bright
cloud with rain|sky|weather|glossy flat line shaded old classic bright retro=raincloud
cloud with snow|sky|cold,weather|glossy flat line shaded old classic bright retro=snowcloud
cloud with lightning|sky|weather|glossy flat line shaded old classic bright
tornado|sky|cloud,weather,whirlwind|glossy flat line shaded old classic bright retro
rainbow|sky|gay,genderqueer,glbt|glossy flat line shaded old classic bright retro
closed umbrella|sky|clothing,rain|glossy flat line shaded old classic bright
umbrella|sky|clothing,rain|glossy flat line shaded old classic bright retro
umbrella with rain drops|sky|clothing,weather|glossy flat line shaded old classic bright retro=umbrellawithraindrops
umbrella on ground|sky|rain,sun|glossy flat line shaded old classic bright retro=beachumbrella
high voltage|sky|danger,electric,electricity|glossy flat line shaded old classic bright
snowflake|sky|cold,weather|glossy flat line shaded old classic bright retro
snowman|sky|cold|glossy flat line shaded old classic bright
snowman without snow|sky|cold|glossy flat line shaded old classic bright retro=snowmanwithoutsnow
comet|sky|space|glossy flat line shaded old classic bright
fire|sky|af,burn,flame|glossy flat line shaded old classic bright retro
water wave|sky|nature,ocean,surf|glossy flat line shaded old classic bright
jack-o-lantern|object|celebration,halloween,pumpkin|glossy flat line shaded old classic bright retro=jackolantern
christmas tree|object|celebration|glossy flat line shaded old classic bright retro=christmastree
fireworks|object|boom,celebration,entertainment|glossy flat line shaded old classic bright retro
sparkler|object|boom,celebration,fireworks|glossy flat line shaded old classic bright
firecracker|object|dynamite,explosive,fireworks|glossy flat line shaded classic
sparkles|object|magic,star|glossy flat line shaded old classic bright retro
balloon|object|birthday,celebrate,celebration|glossy flat line shaded old classic bright retro
party popper|object|awesome,birthday,celebrate|glossy flat line shaded old classic bright retro=partypopper
confetti ball|object|celebrate,celebration,party|glossy flat line shaded old classic bright
carp streamer|object|celebration|glossy flat line shaded old classic bright retro=carpstreamer
wind chime|object|bell,celebration|glossy flat line shaded old classic bright retro=windchime
ribbon|object|celebration|glossy flat line shaded old classic bright
wrapped gift|object|birthday,bow,box|glossy flat line shaded old classic bright
admission tickets|object||glossy flat line shaded old classic bright retro=admissiontickets
ticket|object|admission,stub|glossy flat line shaded old classic bright retro
military medal|object|award,celebration|glossy flat line shaded old classic bright retro=militarymedal
trophy|object|champion,champs,prize|glossy flat line shaded old classic bright retro
sports medal|object|award,gold,winner|glossy flat line shaded old classic bright retro=sportsmedal
soccer ball|object|football,futbol,sport|glossy flat line shaded old classic bright retro=soccerball
baseball|object|sport|glossy flat line shaded old classic bright retro
softball|object|glove,sports,underarm|glossy flat line shaded classic
basketball|object|hoop,sport|glossy flat line shaded old classic bright
volleyball|object|game|glossy flat line shaded old classic bright
american football|object|bowl,sport,super|glossy flat line shaded old classic bright retro=americanfootball
rugby football|object|sport|glossy flat line shaded old classic bright retro=rugbyfootball
tennis|object|ball,racquet,sport|glossy flat line shaded old classic bright
flying disc|object|ultimate|glossy flat line shaded classic
bowling|object|ball,game,sport|glossy flat line shaded old classic bright retro
cricket game|object|ball,bat|glossy flat line shaded old classic bright
field hockey|object|ball,game,stick|glossy flat line shaded old classic bright
ice hockey|object|game,puck,stick|glossy flat line shaded old classic bright
lacrosse|object|ball,goal,sports|glossy flat line shaded classic
ping pong|object|ball,bat,game|glossy flat line shaded old classic bright
badminton|object|birdie,game,racquet|glossy flat line shaded old classic bright
boxing glove|object||glossy flat line shaded old classic bright
martial arts uniform|object|judo,karate,taekwondo|glossy flat line shaded old classic bright
goal net|object||glossy flat line shaded old classic bright
flag in hole|object|golf,sport|glossy flat line shaded old classic bright retro=flaginhole
ice skate|object|skating|glossy flat line shaded old classic bright
fishing pole|object|entertainment,sport|glossy flat line shaded old classic bright retro=fishingpoleandfish
diving mask|object|scuba,snorkeling|glossy flat line shaded classic
running shirt|object|athletics,sash|glossy flat line shaded old classic bright retro=runningshirt
skis|object|snow,sport|glossy flat line shaded old classic bright
sled|object|luge,sledge,sleigh|glossy flat line shaded classic
curling stone|object|game,rock|glossy flat line shaded classic
bullseye|object|dart,direct,entertainment|glossy flat line shaded old=direct-hit classic bright=direct-hit retro=directhit
yo-yo|object|fluctuate,toy|glossy flat line shaded classic
kite|object|fly,soar|glossy flat line shaded classic
crystal ball|object|fairy,fairytale,fantasy|glossy flat line shaded old classic bright retro=crystalball
magic wand|object|magician,witch,wizard|glossy flat line shaded classic
video game|object|controller,entertainment|glossy flat line shaded old classic bright retro=videogame
joystick|object|game,video,videogame|glossy flat line shaded old classic bright
slot machine|object|casino,gamble,gambling|glossy flat line shaded old classic bright retro=slotmachine
game die|object|dice,entertainment|glossy flat line shaded old classic bright retro=gamedie
puzzle piece|object|clue,interlocking,jigsaw|glossy flat line shaded classic
teddy bear|object|plaything,plush,stuffed|glossy flat line shaded classic
pinata|object|candy,celebrate,celebration|glossy=piata flat=piata line=piata shaded classic
mirror ball|object|dance,disco,glitter|glossy flat line shaded classic
nesting dolls|object|babooshka,baboushka,babushka|glossy flat line shaded classic
spade suit|object|card,game|glossy flat line shaded old classic bright
heart suit|object|card,emotion,game|glossy flat line shaded old classic bright
diamond suit|object|card,game|glossy flat line shaded old classic bright
club suit|object|card,clubs,game|glossy flat line shaded old classic bright
chess pawn|object|dupe,expendable|glossy flat line shaded classic
joker|object|card,game,wildcard|glossy flat line shaded old classic bright
performing arts|object|actor,actress,entertainment|glossy flat line shaded old classic bright retro=performingarts
framed picture|object|art,museum,painting|glossy flat line shaded old classic bright retro=framewithpicture
artist palette|object|artsy,arty,colorful|glossy flat line shaded old classic bright retro=artistpalette
thread|object|needle,sewing,spool|glossy flat line shaded classic
sewing needle|object|embroidery,stitches,sutures|glossy flat line shaded classic
yarn|object|ball,crochet,knit|glossy flat line shaded classic
knot|object|cord,rope,tangled|glossy flat line shaded classic
glasses|object|clothing,eye,eyeglasses|glossy flat line shaded old classic bright retro
sunglasses|object|dark,eye,eyewear|glossy flat line shaded old classic bright retro
goggles|object|dive,eye,protection|glossy flat line shaded classic
lab coat|object|clothes,doctor,dr|glossy flat line shaded classic
safety vest|object|emergency|glossy flat line shaded classic
necktie|object|clothing,employed,serious|glossy flat line shaded old classic bright
t-shirt|object|blue,casual,clothes|glossy flat line shaded old classic bright
jeans|object|blue,casual,clothes|glossy flat line shaded old classic bright retro
scarf|object|bundle,cold,neck|glossy flat line shaded classic
gloves|object|hand|glossy flat line shaded classic
coat|object|brr,bundle,cold|glossy flat line shaded classic
socks|object|stocking|glossy flat line shaded classic
dress|object|clothes,clothing,dressed|glossy flat line shaded old classic bright retro
kimono|object|clothing,comfortable|glossy flat line shaded old classic bright retro
sari|object|clothing,dress|glossy flat line shaded classic
one-piece swimsuit|object|bathing|glossy flat line shaded classic
shorts|object|bathing,pants,suit|glossy flat line shaded classic
womans clothes|object|blouse,clothing,collar|glossy flat line shaded old classic bright
folding hand fan|object|clack,clap,cool|glossy flat line shaded classic
purse|object|clothes,clothing,coin|glossy flat line shaded old classic bright
handbag|object|clothes,clothing,dress|glossy flat line shaded old classic bright retro
clutch bag|object|clothes,clothing,dress|glossy flat line shaded old classic bright
shopping bags|object|hotel|glossy flat line shaded old classic bright
backpack|object|backpacking,bag,bookbag|glossy flat line shaded old classic bright retro=schoolsatchel
mans shoe|object|brown,clothes,clothing|glossy flat line shaded old classic bright
running shoe|object|athletic,clothes,clothing|glossy flat line shaded old classic bright
hiking boot|object|backpacking,brown,camping|glossy flat line shaded classic
flat shoe|object|ballet,comfy,flats|glossy flat line shaded classic
high-heeled shoe|object|clothes,clothing,dress|glossy flat line shaded old classic bright
womans sandal|object|clothing,shoe|glossy flat line shaded old classic bright
ballet shoes|object|dance|glossy flat line shaded classic
womans boot|object|clothes,clothing,dress|glossy flat line shaded old classic bright retro=boot
hair pick|object|afro,comb,groom|glossy flat line shaded classic
crown|object|clothing,family,king|glossy flat line shaded old classic bright retro
womans hat|object|clothes,clothing,garden|glossy flat line shaded old classic bright retro=womanshat
top hat|object|clothes,clothing,fancy|glossy flat line shaded old classic bright retro=tophat
graduation cap|object|celebration,clothing,education|glossy flat line shaded old classic bright retro=graduationcap
billed cap|object|baseball,bent,dad|glossy flat line shaded classic
military helmet|object|army,soldier,war|glossy flat line shaded classic
rescue workers helmet|object|aid,cross,face|glossy flat line shaded old classic bright
prayer beads|object|clothing,necklace,religion|glossy flat line shaded old classic bright
lipstick|object|cosmetics,date,makeup|glossy flat line shaded old classic bright retro
ring|object|diamond,engaged,engagement|glossy flat line shaded old classic bright retro
gem stone|object|diamond,engagement,jewel|glossy flat line shaded old classic bright retro=gem
speaker high volume|object|loud,music,sound|glossy flat line shaded old classic bright
loudspeaker|object|address,communication,public|glossy flat line shaded old classic bright retro
megaphone|object|cheering,sound|glossy flat line shaded old classic bright retro
postal horn|object||glossy flat line shaded old classic bright retro=postalhorn
bell|object|break,church,sound|glossy flat line shaded old classic bright retro
bell with slash|object|forbidden,mute,no|glossy flat line shaded old classic bright
saxophone|object|instrument,music|glossy flat line shaded old classic bright retro
trumpet|object|instrument,music|glossy flat line shaded old classic bright retro
accordion|object|box,concertina,instrument|glossy flat line shaded classic
guitar|object|instrument,music,strat|glossy flat line shaded old classic bright retro
musical keyboard|object|instrument,piano|glossy flat line shaded old classic bright retro=musicalkeyboard
violin|object|instrument,music|glossy flat line shaded old classic bright retro
banjo|object|music,stringed|glossy flat line shaded classic
drum|object|drumsticks,music|glossy flat line shaded old classic bright
long drum|object|beat,conga,instrument|glossy flat line shaded classic
maracas|object|cha,dance,instrument|glossy flat line shaded classic
flute|object|band,fife,flautist|glossy flat line shaded classic
mobile phone|object|cell,communication,telephone|glossy flat line shaded old classic bright
mobile phone with arrow|object|build,call,cell|glossy flat line shaded old classic bright
telephone|object||glossy flat line shaded old classic bright
telephone receiver|object|communication,voip|glossy flat line shaded old classic bright
pager|object|communication|glossy flat line shaded old classic bright retro
fax machine|object|communication|glossy flat line shaded old classic bright retro=faxmachine
battery|object||glossy flat line shaded old classic bright retro
low battery|object|drained,electronic,energy|glossy flat line shaded classic
electric plug|object|electricity|glossy flat line shaded old classic bright retro=electricplug
laptop|object|computer,office,pc|glossy flat line shaded old classic bright=laptop-computer
desktop computer|object|monitor|glossy flat line shaded old classic bright retro=desktopcomputer
printer|object|computer|glossy flat line shaded old classic bright retro
keyboard|object|computer|glossy flat line shaded old classic bright retro
computer mouse|object||glossy flat line shaded old classic bright retro=threebuttonmouse
trackball|object|computer|glossy flat line shaded old classic bright retro
computer disk|object|minidisk,optical|glossy flat line shaded old classic bright retro=minidisc
floppy disk|object|computer|glossy flat line shaded old classic bright
optical disk|object|blu-ray,cd,computer|glossy flat line shaded old classic bright
dvd|object|blu-ray,cd,computer|glossy flat line shaded old classic bright retro
abacus|object|calculation,calculator|glossy flat line shaded classic
movie camera|object|bollywood,cinema,film|glossy flat line shaded old classic bright retro=moviecamera
film frames|object|cinema,movie|glossy flat line shaded old classic bright retro=filmframes
film projector|object|cinema,movie,video|glossy flat line shaded old classic bright retro=filmprojector
clapper board|object|action,movie|glossy flat line shaded old classic bright retro=clapperboard
television|object|tv,video|glossy flat line shaded old classic bright retro
camera|object|photo,selfie,snap|glossy flat line shaded old classic bright retro
camera with flash|object|video|glossy flat line shaded old classic bright retro=camerawithflash
video camera|object|camcorder,tbt|glossy flat line shaded old classic bright
videocassette|object|old,school,tape|glossy flat line shaded old classic bright
magnifying glass tilted left|object|lab,left-pointing,science|glossy flat line shaded old classic bright
magnifying glass tilted right|object|contact,lab,right-pointing|glossy flat line shaded old classic bright
candle|object|light|glossy flat line shaded old classic bright retro
light bulb|object|comic,electric,idea|glossy flat line shaded old classic bright retro=lightbulb
flashlight|object|electric,tool,torch|glossy flat line shaded old classic bright
red paper lantern|object|bar,light,restaurant|glossy flat line shaded old classic bright retro=izakayalantern
diya lamp|object|light,oil|glossy flat line shaded classic
notebook with decorative cover|object|decorated,education,school|glossy flat line shaded old classic bright
closed book|object|education|glossy flat line shaded old classic bright retro=closedbook
open book|object|education,fantasy,knowledge|glossy flat line shaded old classic bright retro=openbook
green book|object|education,fantasy,library|glossy flat line shaded old classic bright retro=greenbook
blue book|object|education,fantasy,library|glossy flat line shaded old classic bright retro=bluebook
orange book|object|education,fantasy,library|glossy flat line shaded old classic bright retro=orangebook
books|object|education,fantasy,knowledge|glossy flat line shaded old classic bright retro
notebook|object||glossy flat line shaded old classic bright retro
ledger|object|notebook|glossy flat line shaded old classic bright retro
page with curl|object|document,paper|glossy flat line shaded old classic bright retro=pagewithcurl
scroll|object|paper|glossy flat line shaded old classic bright retro
page facing up|object|document,paper|glossy flat line shaded old classic bright retro=pagefacingup
newspaper|object|communication|glossy flat line shaded old classic bright retro
rolled-up newspaper|object||glossy flat line shaded old classic bright retro=rolledupnewspaper
bookmark tabs|object|marker|glossy flat line shaded old classic bright
bookmark|object||glossy flat line shaded old classic bright retro
label|object|tag|glossy flat line shaded old classic bright retro
coin|object|dollar,euro,gold|glossy flat line shaded classic
money bag|object|bank,bet,billion|glossy flat line shaded old classic bright retro=moneybag
yen banknote|object|bill,currency,money|glossy flat line shaded old classic bright
dollar banknote|object|bill,currency,money|glossy flat line shaded old classic bright
euro banknote|object|bill,currency,money|glossy flat line shaded old classic bright
pound banknote|object|bill,billion,cash|glossy flat line shaded old classic bright
money with wings|object|bank,banknote,bill|glossy flat line shaded old classic bright retro=moneywithwings
credit card|object|bank,cash,charge|glossy flat line shaded old classic bright retro=creditcard
receipt|object|accounting,bookkeeping,evidence|glossy flat line shaded classic
envelope|object|e-mail,email,letter|glossy flat line shaded old classic bright retro
e-mail|object|email,letter|glossy flat line shaded old classic bright retro=email
incoming envelope|object|delivering,e-mail,email|glossy flat line shaded old classic bright retro=incomingenvelope
envelope with arrow|object|communication,down,e-mail|glossy flat line shaded old classic bright
outbox tray|object|email,letter,mail|glossy flat line shaded old classic bright
inbox tray|object|email,letter,mail|glossy flat line shaded old classic bright retro=inboxtray
package|object|box,communication,delivery|glossy flat line shaded old classic bright retro
closed mailbox with raised flag|object|communication,postbox|glossy flat line shaded old classic bright
closed mailbox with lowered flag|object|postbox|glossy flat line shaded old classic bright
open mailbox with raised flag|object|postbox|glossy flat line shaded old classic bright
open mailbox with lowered flag|object|postbox|glossy flat line shaded old classic bright
postbox|object|mail,mailbox|glossy flat line shaded old classic bright retro
ballot box with ballot|object||glossy flat line shaded old classic bright
pencil|object||glossy flat line shaded old classic bright retro
black nib|object|pen|glossy flat line shaded old classic bright retro=blacknib
fountain pen|object||glossy flat line shaded old classic bright retro=lowerleftfountainpen
pen|object|ballpoint|glossy flat line shaded old classic bright
paintbrush|object|painting|glossy flat line shaded old classic bright retro=lowerleftpaintbrush
crayon|object||glossy flat line shaded old classic bright retro=lowerleftcrayon
memo|object|communication,media,notes|glossy flat line shaded old classic bright retro
briefcase|object|office|glossy flat line shaded old classic bright retro
file folder|object||glossy flat line shaded old classic bright retro=filefolder
open file folder|object||glossy flat line shaded old classic bright retro=openfilefolder
calendar|object|date|glossy flat line shaded old classic bright retro
tear-off calendar|object||glossy flat line shaded old=calendar classic bright retro=tearoffcalendar
spiral notepad|object||glossy flat line shaded old classic bright retro=spiralnotepad
card index|object|old,rolodex,school|glossy flat line shaded old classic bright retro=cardindex
clipboard|object|do,list,notes|glossy flat line shaded old classic bright retro
pushpin|object|collage|glossy flat line shaded old classic bright retro
round pushpin|object|location,map|glossy flat line shaded old classic bright retro=roundpushpin
paperclip|object||glossy flat line shaded old classic bright retro
linked paperclips|object||glossy flat line shaded old classic bright retro=linkedpaperclips
straight ruler|object|angle,edge,math|glossy flat line shaded old classic bright retro=straightruler
triangular ruler|object|angle,math,set|glossy flat line shaded old classic bright retro=triangularruler
scissors|object|cut,cutting,paper|glossy flat line shaded old classic bright
card file box|object||glossy flat line shaded old classic bright retro=cardfilebox
file cabinet|object|filing,paper|glossy flat line shaded old classic bright retro=filecabinet
wastebasket|object|can,garbage,trash|glossy flat line shaded old classic bright retro
locked|object|closed,private|glossy flat line shaded old classic bright retro=lock
unlocked|object|cracked,open|glossy flat line shaded old classic bright
locked with pen|object|ink,nib,privacy|glossy flat line shaded old classic bright retro=lockwithinkpen
locked with key|object|bike,closed,secure|glossy flat line shaded old classic bright
key|object|keys,lock,major|glossy flat line shaded old classic bright retro
old key|object|clue,lock|glossy flat line shaded old classic bright retro=oldkey
hammer|object|home,improvement,repairs|glossy flat line shaded old classic bright retro
axe|object|chop,hatchet,split|glossy flat line shaded classic
pick|object|hammer,mining,tool|glossy flat line shaded old classic bright
hammer and pick|object|tool|glossy flat line shaded old classic bright
hammer and wrench|object|spanner,tool|glossy flat line shaded old classic bright
crossed swords|object|weapon|glossy flat line shaded old classic bright
boomerang|object|rebound,repercussion,weapon|glossy flat line shaded classic
bow and arrow|object|archer,archery,sagittarius|glossy flat line shaded old classic bright
shield|object|weapon|glossy flat line shaded old classic bright
carpentry saw|object|carpenter,cut,lumber|glossy flat line shaded classic
wrench|object|home,improvement,spanner|glossy flat line shaded old classic bright retro
screwdriver|object|flathead,handy,tool|glossy flat line shaded classic
nut and bolt|object|home,improvement,tool|glossy flat line shaded old classic bright retro=nutandbolt
gear|object|cog,cogwheel,tool|glossy flat line shaded old classic bright
clamp|object|compress,tool,vice|glossy flat line shaded old classic bright retro=compression
balance scale|object|justice,libra,scales|glossy flat line shaded old classic bright
white cane|object|accessibility,blind,probing|glossy flat line shaded classic
link|object|links|glossy flat line shaded old classic bright
broken chain|object|break,breaking,cuffs|glossy flat line shaded classic
chains|object||glossy flat line shaded old classic bright
hook|object|catch,crook,curve|glossy flat line shaded classic
toolbox|object|chest,mechanic,red|glossy flat line shaded classic
magnet|object|attraction,horseshoe,magnetic|glossy flat line shaded classic
ladder|object|climb,rung,step|glossy flat line shaded classic
alembic|object|chemistry,tool|glossy flat line shaded old classic bright
test tube|object|chemist,chemistry,experiment|glossy flat line shaded classic
petri dish|object|bacteria,biologist,biology|glossy flat line shaded classic
dna|object|biologist,evolution,gene|glossy flat line shaded classic
microscope|object|experiment,lab,science|glossy flat line shaded old classic bright retro
telescope|object|contact,extraterrestrial,science|glossy flat line shaded old classic bright retro
satellite antenna|object|aliens,contact,dish|glossy flat line shaded old classic bright retro=satelliteantenna
pill|object|doctor,drugs,medicated|glossy flat line shaded old classic bright retro
adhesive bandage|object||glossy flat line shaded classic
crutch|object|aid,cane,disability|glossy flat line shaded classic
stethoscope|object|doctor,heart,medicine|glossy flat line shaded classic
x-ray|object|bones,doctor,medical|glossy flat line shaded classic
door|object|back,closet,front|glossy flat line shaded old classic bright retro
elevator|object|accessibility,hoist,lift|glossy flat line shaded classic
mirror|object|makeup,reflection,reflector|glossy flat line shaded classic
window|object|air,frame,fresh|glossy flat line shaded classic retro
bed|object|hotel,sleep|glossy flat line shaded old classic bright
couch and lamp|object|hotel|glossy flat line shaded old classic bright
chair|object|seat,sit|glossy flat line shaded classic
toilet|object|bathroom|glossy flat line shaded old classic bright retro
plunger|object|cup,force,plumber|glossy flat line shaded classic
shower|object|water|glossy flat line shaded old classic bright retro
bathtub|object||glossy flat line shaded old classic bright retro
mouse trap|object|bait,cheese,lure|glossy flat line shaded classic
razor|object|sharp,shave|glossy flat line shaded classic
lotion bottle|object|moisturizer,shampoo,sunscreen|glossy flat line shaded classic
safety pin|object|diaper,punk,rock|glossy flat line shaded classic
broom|object|cleaning,sweeping,witch|glossy flat line shaded classic
basket|object|farming,laundry,picnic|glossy flat line shaded classic
roll of paper|object|toilet,towels|glossy flat line shaded classic
bucket|object|cask,pail,vat|glossy flat line shaded classic
soap|object|bar,bathing,clean|glossy flat line shaded classic
bubbles|object|burp,clean,floating|glossy flat line shaded classic
toothbrush|object|bathroom,clean,dental|glossy flat line shaded classic
sponge|object|absorbing,cleaning,porous|glossy flat line shaded classic
fire extinguisher|object|quench|glossy flat line shaded classic
shopping cart|object|trolley|glossy flat line shaded old classic bright
nazar amulet|object|bead,blue,charm|glossy flat line shaded classic
hamsa|object|amulet,fatima,fortune|glossy flat line shaded classic
argentina|flag|flag|classic=flag-argentina bright=flag-for-argentina
austria|flag|flag|classic=flag-austria bright=flag-for-austria
australia|flag|flag|classic=flag-australia bright=flag-for-australia
bangladesh|flag|flag|classic=flag-bangladesh bright=flag-for-bangladesh
belgium|flag|flag|classic=flag-belgium bright=flag-for-belgium
bulgaria|flag|flag|classic=flag-bulgaria bright=flag-for-bulgaria
brazil|flag|flag|classic=flag-brazil bright=flag-for-brazil
canada|flag|flag|classic=flag-canada bright=flag-for-canada
switzerland|flag|flag|classic=flag-switzerland bright=flag-for-switzerland
chile|flag|flag|classic=flag-chile bright=flag-for-chile
china|flag|flag|old=flag-for-flag-china classic=flag-china bright=flag-for-china
colombia|flag|flag|classic=flag-colombia bright=flag-for-colombia
cuba|flag|flag|classic=flag-cuba bright=flag-for-cuba
germany|flag|flag|old=flag-for-flag-germany classic=flag-germany bright=flag-for-germany
denmark|flag|flag|classic=flag-denmark bright=flag-for-denmark
estonia|flag|flag|classic=flag-estonia bright=flag-for-estonia
egypt|flag|flag|classic=flag-egypt bright=flag-for-egypt
spain|flag|flag|old=flag-for-flag-spain classic=flag-spain bright=flag-for-spain
finland|flag|flag|classic=flag-finland bright=flag-for-finland
france|flag|flag|old=flag-for-flag-france classic=flag-france bright=flag-for-france
united kingdom|flag|flag|old=flag-for-flag-united-kingdom classic=flag-united-kingdom bright=flag-for-united-kingdom
ghana|flag|flag|classic=flag-ghana bright=flag-for-ghana
greece|flag|flag|classic=flag-greece bright=flag-for-greece
croatia|flag|flag|classic=flag-croatia bright=flag-for-croatia
hungary|flag|flag|classic=flag-hungary bright=flag-for-hungary
indonesia|flag|flag|classic=flag-indonesia bright=flag-for-indonesia
ireland|flag|flag|classic=flag-ireland bright=flag-for-ireland
israel|flag|flag|classic=flag-israel bright=flag-for-israel
india|flag|flag|classic=flag-india bright=flag-for-india
iceland|flag|flag|classic=flag-iceland bright=flag-for-iceland
italy|flag|flag|old=flag-for-flag-italy classic=flag-italy bright=flag-for-italy
jamaica|flag|flag|classic=flag-jamaica bright=flag-for-jamaica
japan|flag|flag|old=flag-for-flag-japan classic=flag-japan bright=flag-for-japan
kenya|flag|flag|classic=flag-kenya bright=flag-for-kenya
south korea|flag|flag|old=flag-for-flag-south-korea classic=flag-south-korea bright=flag-for-south-korea
lebanon|flag|flag|classic=flag-lebanon bright=flag-for-lebanon
morocco|flag|flag|classic=flag-morocco bright=flag-for-morocco
mexico|flag|flag|classic=flag-mexico bright=flag-for-mexico
nigeria|flag|flag|classic=flag-nigeria bright=flag-for-nigeria
netherlands|flag|flag|classic=flag-netherlands bright=flag-for-netherlands
norway|flag|flag|classic=flag-norway bright=flag-for-norway
new zealand|flag|flag|classic=flag-new-zealand bright=flag-for-new-zealand
peru|flag|flag|classic=flag-peru bright=flag-for-peru
philippines|flag|flag|classic=flag-philippines bright=flag-for-philippines
pakistan|flag|flag|classic=flag-pakistan bright=flag-for-pakistan
poland|flag|flag|classic=flag-poland bright=flag-for-poland
portugal|flag|flag|classic=flag-portugal bright=flag-for-portugal
romania|flag|flag|classic=flag-romania bright=flag-for-romania
saudi arabia|flag|flag|classic=flag-saudi-arabia bright=flag-for-saudi-arabia
sweden|flag|flag|classic=flag-sweden bright=flag-for-sweden
senegal|flag|flag|classic=flag-senegal bright=flag-for-senegal
thailand|flag|flag|classic=flag-thailand bright=flag-for-thailand
ukraine|flag|flag|classic=flag-ukraine bright=flag-for-ukraine
united states|flag|flag|old=flag-for-flag-united-states classic=flag-united-states bright=flag-for-united-states
uruguay|flag|flag|classic=flag-uruguay bright=flag-for-uruguay
vietnam|flag|flag|classic=flag-vietnam bright=flag-for-vietnam
south africa|flag|flag|classic=flag-south-africa bright=flag-for-south-africa
`.trim();
