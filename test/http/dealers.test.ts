import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, asking } from './asking.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let ask: Ask;
beforeAll(async () => {
  house = await openHouse();
  ask = asking(house, await house.bearer('admin'));
});
afterAll(() => house.close());

describe('dealers', () => {
  const body = {
    name: 'Yıldız Otomotiv',
    district: 'Kadıköy',
    address: 'Bağdat Caddesi No 12',
    postcode: '34710',
    phone: '0212 555 00 10',
    hours: 'hafta içi 09:00-18:00; cmt 10:00-14:00',
  };

  it('are put, shown, listed by province and pages, and removed', async () => {
    const put = await ask('/api/v1/dealers/IST-001', { method: 'PUT', payload: { ...body, latitude: 40.98, longitude: 29.03 } });
    expect(put.json()).toEqual({
      ...body,
      code: 'IST-001',
      province: 34,
      phone: '+902125550010',
      hours: 'mon-fri 09:00-18:00; sat 10:00-14:00',
      latitude: 40.98,
      longitude: 29.03,
    });
    expect((await ask('/api/v1/dealers/IST-001')).json()).toEqual(put.json());
    await ask('/api/v1/dealers/IST-002', { method: 'PUT', payload: body });
    await ask('/api/v1/dealers/ANK-001', { method: 'PUT', payload: { ...body, postcode: '06420' } });
    const codes = async (query: string) => {
      const page = (await ask(`/api/v1/dealers?${query}`)).json();
      return [page.items.map(({ code }: { code: string }) => code), page.next];
    };
    expect(await codes('province=34')).toEqual([['IST-001', 'IST-002'], null]);
    expect(await codes('limit=2')).toEqual([['ANK-001', 'IST-001'], 'IST-001']);
    expect(await codes('limit=2&after=IST-001')).toEqual([['IST-002'], null]);
    expect((await ask('/api/v1/dealers/IST-002', { method: 'DELETE' })).statusCode).toBe(204);
    expect((await ask('/api/v1/dealers/IST-002')).statusCode).toBe(404);
  });

  it('are read by the rules of the import: every fault is named by its field', async () => {
    const answer = await ask('/api/v1/dealers/IST-009', {
      method: 'PUT',
      payload: { ...body, postcode: '347', hours: 'sometimes', phone: '112' },
    });
    expect(answer.statusCode).toBe(400);
    expect(
      answer
        .json()
        .errors.map(({ path }: { path: string }) => path)
        .toSorted(),
    ).toEqual(['body.hours', 'body.phone', 'body.postcode']);
    const unfit = await ask(`/api/v1/dealers/${encodeURIComponent('-x')}`, { method: 'PUT', payload: body });
    expect(unfit.json().errors[0].path).toBe('params.code');
  });

  it('are imported from a spreadsheet’s CSV, in its own letters; bad rows are told', async () => {
    const rows = [
      'kod;ad;il;ilce;adres;posta kodu;telefon;saatler',
      'IZM-1;Şeker Oto;35;Göztepe;Mithatpaşa Cad 1;35290;0232 555 00 10;her gün 09:00-18:00',
      'IZM-2;Kötü;35;Göztepe;x;99;yok;hep',
    ];
    // windows-1254 differs from latin1 in six letters.
    const letters: Record<string, number> = { Ş: 0xde, ş: 0xfe, ğ: 0xf0, Ğ: 0xd0, ı: 0xfd, İ: 0xdd };
    const bytes = Buffer.from(Array.from(rows.join('\r\n'), (letter) => letters[letter] ?? letter.charCodeAt(0)));
    const send = (query: string) =>
      ask(`/api/v1/dealers/import${query}`, { method: 'POST', headers: { 'content-type': 'text/csv' }, payload: bytes });
    const dry = (await send('?dryRun=true')).json();
    expect(dry).toMatchObject({ rows: 2, added: 1, changed: 0, unchanged: 0, dryRun: true, encoding: 'windows-1254', separator: ';' });
    expect(dry.bad).toEqual([{ row: 3, column: expect.any(String), value: expect.any(String), reason: expect.stringContaining('phone') }]);
    expect((await ask('/api/v1/dealers/IZM-1')).statusCode).toBe(404);
    expect((await send('')).json()).toMatchObject({ added: 1, dryRun: false });
    expect((await ask('/api/v1/dealers/IZM-1')).json().name).toBe('Şeker Oto');
    expect((await send('')).json()).toMatchObject({ added: 0, unchanged: 1 });
    expect(
      (await ask('/api/v1/dealers/import', { method: 'POST', headers: { 'content-type': 'text/csv' }, payload: 'a;b\n1;2' })).json().code,
    ).toBe('request.invalid');
  });
});
