{{ crm_warehouse.judged('crm', 'erasures') }}
