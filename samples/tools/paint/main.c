/* main.c — paint [-o FOLDER] [NAME…]: paints the pictures of the samples, all or the named ones. */
#include "paint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *file;
    Image *(*paint) (void);
    int quality; /* of the JPEG: as high as half a megabyte allows */
    Notes notes;
} Picture;

static const Picture pictures[] = {
    { "harbour-dawn.jpg",
      paint_harbour,
      88,
      { "开渔头一网", "9月18日清晨，望潮区礁门渔港迎来开渔后首批返港的大马力渔船。图为渔船披着晨光陆续归港。", "章可",
        "汐州日报", "20250918", "汐州" } },
    { "kites.jpg",
      paint_kites,
      88,
      { "海滩风筝会", "昨日，澄湾沙滩上空，龙头蜈蚣、鲸鱼与沙燕同场。", "章可", "汐州晚报", "20251025", "汐州" } },
    { "reading-room.jpg",
      paint_reading_room,
      88,
      { "验关阅览室", "清晨，阳光从拱窗照进验关阅览室。", "章可", "汐州晚报", "20251018", "汐州" } },
    { "lighthouse.jpg",
      paint_lighthouse,
      90,
      { "鹰礁灯塔", "10月20日晚，双髻岛外的鹰礁灯塔完成最后一次人工点灯。图为当晚灯塔的光束扫过海面。", "章可",
        "汐州晚报", "20251020", "汐州" } },
    { "market-stall.jpg",
      paint_market,
      88,
      { "十八埠市场", "十八埠市场里，冼小凤的鱼摊一早就围满了老主顾。", "章可", "汐州日报", "20251119", "汐州" } },
    { "fish-drying.jpg",
      paint_drying,
      84,
      { "后岙村晒鲞", "后岙村晒场上，村民趁着北风翻晒鱼鲞。", "章可", "汐州日报", "20251115", "汐州" } },
    { "lamp-ad.jpg",
      paint_lamp_ad,
      90,
      { "公益广告", "灯亮着，家就不远。", "申亦", "汐州日报社", "20250910", "汐州" } },
    { "bookshop-ad.jpg",
      paint_bookshop_ad,
      90,
      { "望潮书局岁末书市", "天冷了，回书里坐坐。", "申亦", "望潮书局", "20251112", "汐州" } },
    { "bridge-dusk.jpg",
      paint_bridge,
      84,
      { "澄江大桥", "暮色里的澄江大桥。", "章可", "汐州日报", "20260306", "汐州" } },
    { "tea-hill.jpg",
      paint_tea,
      80,
      { "云脚岭", "云脚岭上，茶农趁着晨雾采茶。", "章可", "汐州日报", "20260305", "汐州" } },
    { "bus-morning.jpg",
      paint_bus,
      84,
      { "微循环16路", "清早的盐仓街，微循环16路进站。", "章可", "汐州日报", "20260306", "汐州" } },
};

static bool
wanted (const char *file, int count, char **names)
{
    for (int i = 0; i < count; i++)
        if (strncmp (file, names[i], strlen (names[i])) == 0)
            return true;
    return count == 0;
}

static bool
make (const Picture *picture, const char *folder)
{
    char path[4096];
    Image *image = picture->paint ();
    bool written;

    snprintf (path, sizeof path, "%s/%s", folder, picture->file);
    written = write_jpeg (image, path, picture->quality, &picture->notes);
    image_free (image);
    if (written)
        printf ("%s\n", path);
    else
        perror (path);
    return written;
}

int
main (int argc, char **argv)
{
    const char *folder = ".";
    int first = 1;

    if (argc > 2 && strcmp (argv[1], "-o") == 0) {
        folder = argv[2];
        first = 3;
    }
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++)
        if (wanted (pictures[i].file, argc - first, argv + first) && !make (pictures + i, folder))
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
