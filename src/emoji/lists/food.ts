export const food = `
🍇 grapes|葡萄
🍈 melon|甜瓜
🍉 watermelon|西瓜 吃瓜
🍊 tangerine orange|橘子
🍋 lemon|柠檬
🍋‍🟩 lime|青柠
🍌 banana|香蕉
🍍 pineapple|菠萝
🥭 mango|芒果
🍎 apple|苹果
🍏 green_apple|青苹果
🍐 pear|梨
🍑 peach|桃
🍒 cherries|樱桃
🍓 strawberry|草莓
🫐 blueberries|蓝莓
🥝 kiwi_fruit|猕猴桃
🍅 tomato|番茄
🫒 olive|橄榄
🥥 coconut|椰子
🥑 avocado|牛油果
🍆 eggplant|茄子
🥔 potato|土豆
🥕 carrot|胡萝卜
🌽 corn|玉米
🌶️ hot_pepper chili spicy|辣椒
🫑 bell_pepper|甜椒
🥒 cucumber|黄瓜
🥬 leafy_green|青菜
🥦 broccoli|西兰花
🧄 garlic|大蒜
🧅 onion|洋葱
🥜 peanuts|花生
🫘 beans|豆
🌰 chestnut|栗子
🫚 ginger_root|姜
🫛 pea_pod|豌豆
🍞 bread toast|面包
🥐 croissant|牛角包
🥖 baguette_bread|法棍
🫓 flatbread|饼
🥨 pretzel|椒盐卷饼
🥯 bagel|贝果
🥞 pancakes|煎饼
🧇 waffle|华夫饼
🧀 cheese|奶酪
🍖 meat_on_bone|肉
🍗 poultry_leg chicken|鸡腿
🥩 cut_of_meat steak|牛排
🥓 bacon|培根
🍔 hamburger burger|汉堡
🍟 fries|薯条
🍕 pizza|披萨
🌭 hotdog|热狗
🥪 sandwich|三明治
🌮 taco|塔可
🌯 burrito|卷饼
🫔 tamale|粽
🥙 stuffed_flatbread kebab|卷饼
🧆 falafel|炸豆丸
🥚 egg|鸡蛋
🍳 fried_egg cooking breakfast|煎蛋 早餐
🥘 shallow_pan_of_food|锅
🍲 stew hotpot|炖菜 火锅
🫕 fondue|火锅
🥣 bowl_with_spoon|碗
🥗 green_salad|沙拉
🍿 popcorn movie|爆米花
🧈 butter|黄油
🧂 salt|盐
🥫 canned_food|罐头
🍱 bento|便当
🍘 rice_cracker|米饼
🍙 rice_ball|饭团
🍚 rice|米饭
🍛 curry|咖喱
🍜 ramen noodles|拉面 面条
🍝 spaghetti pasta|意面
🍠 sweet_potato|红薯
🍢 oden|关东煮
🍣 sushi|寿司
🍤 fried_shrimp|炸虾
🍥 fish_cake|鱼板
🥮 moon_cake|月饼 中秋
🍡 dango|团子
🥟 dumpling|饺子
🥠 fortune_cookie|幸运饼干
🥡 takeout_box|外卖
🦀 crab rust|螃蟹
🦞 lobster|龙虾
🦐 shrimp|虾
🦑 squid|鱿鱼
🦪 oyster|生蚝
🍦 icecream soft|冰淇淋
🍧 shaved_ice|刨冰
🍨 ice_cream|冰淇淋
🍩 doughnut donut|甜甜圈
🍪 cookie|饼干
🎂 birthday cake|生日 蛋糕
🍰 cake|蛋糕
🧁 cupcake|杯子蛋糕
🥧 pie|派
🍫 chocolate_bar|巧克力
🍬 candy|糖果
🍭 lollipop|棒棒糖
🍮 custard pudding|布丁
🍯 honey_pot|蜂蜜
🍼 baby_bottle|奶瓶
🥛 milk_glass|牛奶
☕ coffee tea cafe|咖啡
🫖 teapot|茶壶
🍵 tea green|茶
🍶 sake|清酒
🍾 champagne celebrate|香槟
🍷 wine_glass|红酒
🍸 cocktail|鸡尾酒
🍹 tropical_drink|饮料
🍺 beer|啤酒
🍻 beers cheers|干杯 啤酒
🥂 clinking_glasses cheers|干杯
🥃 tumbler_glass whisky|威士忌
🫗 pouring_liquid|倒
🥤 cup_with_straw|饮料
🧋 bubble_tea boba|奶茶
🧃 beverage_box juice|果汁
🧉 mate|马黛茶
🧊 ice_cube|冰
🥢 chopsticks|筷子
🍽️ plate_with_cutlery dinner|吃饭
🍴 fork_and_knife eat|吃饭 餐具
🥄 spoon|勺
🔪 hocho knife|刀
🫙 jar|罐
🏺 amphora|陶罐
`
