/** A province of Turkey. Coordinates are its centre city's, WGS 84 degrees. */
export interface Province {
  /** Plate code, 1 to 81; also the first two digits of its postcodes. */
  readonly code: number;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Area codes of its landlines; Istanbul has two. */
  readonly areaCodes: readonly string[];
}

/** The 81 provinces in order of their plate codes: `name latitude longitude area codes`. */
const TABLE = `Adana 37.0000 35.3213 322
Adıyaman 37.7648 38.2786 416
Afyonkarahisar 38.7507 30.5567 272
Ağrı 39.7191 43.0503 472
Amasya 40.6499 35.8353 358
Ankara 39.9334 32.8597 312
Antalya 36.8969 30.7133 242
Artvin 41.1828 41.8183 466
Aydın 37.8444 27.8458 256
Balıkesir 39.6484 27.8826 266
Bilecik 40.1426 29.9793 228
Bingöl 38.8854 40.4983 426
Bitlis 38.4006 42.1095 434
Bolu 40.7350 31.6061 374
Burdur 37.7203 30.2908 248
Bursa 40.1885 29.0610 224
Çanakkale 40.1553 26.4142 286
Çankırı 40.6013 33.6134 376
Çorum 40.5506 34.9556 364
Denizli 37.7765 29.0864 258
Diyarbakır 37.9144 40.2306 412
Edirne 41.6771 26.5557 284
Elazığ 38.6748 39.2225 424
Erzincan 39.7500 39.5000 446
Erzurum 39.9043 41.2679 442
Eskişehir 39.7767 30.5206 222
Gaziantep 37.0662 37.3833 342
Giresun 40.9128 38.3895 454
Gümüşhane 40.4603 39.4814 456
Hakkari 37.5744 43.7408 438
Hatay 36.2021 36.1600 326
Isparta 37.7648 30.5566 246
Mersin 36.8121 34.6415 324
İstanbul 41.0082 28.9784 212 216
İzmir 38.4237 27.1428 232
Kars 40.6013 43.0975 474
Kastamonu 41.3887 33.7827 366
Kayseri 38.7205 35.4826 352
Kırklareli 41.7333 27.2167 288
Kırşehir 39.1425 34.1709 386
Kocaeli 40.7654 29.9408 262
Konya 37.8746 32.4932 332
Kütahya 39.4167 29.9833 274
Malatya 38.3552 38.3095 422
Manisa 38.6191 27.4289 236
Kahramanmaraş 37.5753 36.9228 344
Mardin 37.3212 40.7245 482
Muğla 37.2153 28.3636 252
Muş 38.7432 41.5065 436
Nevşehir 38.6247 34.7142 384
Niğde 37.9698 34.6766 388
Ordu 40.9862 37.8797 452
Rize 41.0201 40.5234 464
Sakarya 40.7731 30.3948 264
Samsun 41.2867 36.3300 362
Siirt 37.9274 41.9403 484
Sinop 42.0264 35.1551 368
Sivas 39.7477 37.0179 346
Tekirdağ 40.9781 27.5117 282
Tokat 40.3139 36.5544 356
Trabzon 41.0027 39.7168 462
Tunceli 39.1062 39.5483 428
Şanlıurfa 37.1674 38.7955 414
Uşak 38.6742 29.4059 276
Van 38.4942 43.3832 432
Yozgat 39.8200 34.8044 354
Zonguldak 41.4564 31.7987 372
Aksaray 38.3687 34.0370 382
Bayburt 40.2552 40.2249 458
Karaman 37.1810 33.2222 338
Kırıkkale 39.8468 33.5153 318
Batman 37.8812 41.1351 488
Şırnak 37.5228 42.4594 486
Bartın 41.6358 32.3375 378
Ardahan 41.1105 42.7022 478
Iğdır 39.9237 44.0450 476
Yalova 40.6550 29.2769 226
Karabük 41.2049 32.6277 370
Kilis 36.7161 37.1150 348
Osmaniye 37.0742 36.2478 328
Düzce 40.8438 31.1565 380`;

export const PROVINCES: readonly Province[] = TABLE.split('\n').map((line, index) => {
  const [name = '', latitude, longitude, ...areaCodes] = line.split(' ');
  return { code: index + 1, name, latitude: Number(latitude), longitude: Number(longitude), areaCodes };
});

/** The province of a plate code; undefined outside 1 to 81. */
export function provinceOf(code: number): Province | undefined {
  return Number.isInteger(code) ? PROVINCES[code - 1] : undefined;
}
